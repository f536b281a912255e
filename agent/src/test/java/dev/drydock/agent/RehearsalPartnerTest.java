package dev.drydock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.identity.ControllerChannel;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.identity.Tls;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalPartnerTest {
    @TempDir
    Path directory;

    /** With a key as the packages' {@code make-cache} makes it. */
    @Test
    void welcomesTheAgentThatItMadeTheDataOfAndTellsOfItsFacts() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        directory.resolve("keys").toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "rehearsal",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-validity",
                        "1",
                        "-startdate",
                        "-1H",
                        "-dname",
                        "CN=rehearsal",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Server partner = RehearsalPartner.open(directory, new PrintStream(said, true, StandardCharsets.UTF_8));
        Identity identity =
                new IdentityStore(directory.resolve("data/identity")).load().orElseThrow();
        ManagedChannel channel = ControllerChannel.open(identity.controller(), Tls.of(identity), "test");
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        try {
            StreamObserver<AgentMessage> session = SessionGrpc.newStub(channel).connect(into(heard));
            session.onNext(AgentMessage.newBuilder()
                    .setHello(Hello.getDefaultInstance())
                    .build());

            assertThat(heard.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(ControllerMessage.class, message -> assertThat(
                                    message.getWelcome().getFactsWanted())
                            .isTrue());

            session.onNext(AgentMessage.newBuilder()
                    .setFacts(FactsReport.getDefaultInstance())
                    .build());
            session.onCompleted();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("completed");
            assertThat(said.toString(StandardCharsets.UTF_8).lines()).containsExactly("ready", "facts");
        } finally {
            channel.shutdownNow();
            partner.shutdownNow();
        }
    }

    private static StreamObserver<ControllerMessage> into(BlockingQueue<Object> heard) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ControllerMessage message) {
                heard.add(message);
            }

            @Override
            public void onError(Throwable error) {
                heard.add(error);
            }

            @Override
            public void onCompleted() {
                heard.add("completed");
            }
        };
    }
}
