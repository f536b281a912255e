package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.identity.ControllerChannel;
import dev.drydock.agent.identity.Tls;
import dev.drydock.agent.testing.TestCa;
import dev.drydock.agent.testing.TestController;
import dev.drydock.agent.testing.TestHost;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerArtifactsTest {
    private static final byte[] CONTENT =
            "a mirror of updates, packed ".repeat(40).getBytes();
    private static final String DIGEST = Digests.sha256(new String(CONTENT));

    @TempDir
    Path directory;

    private final ControllerArtifacts artifacts =
            new ControllerArtifacts(Duration.ofSeconds(20), Duration.ofMillis(10));
    private TestController controller;
    private TestHost host;
    private ManagedChannel channel;
    private Path file;
    private Path part;

    @BeforeEach
    void connect() throws Exception {
        controller = TestController.start(new TestCa());
        host = TestHost.enrolled(controller, directory.resolve("identity"));
        channel = ControllerChannel.open(host.identity().controller(), Tls.of(host.identity()), "test");
        file = directory.resolve("artifact.zip");
        part = directory.resolve("artifact.zip.part");
        controller.contents.put(DIGEST, CONTENT);
        artifacts.connected(channel);
    }

    @AfterEach
    void disconnect() throws Exception {
        channel.shutdownNow();
        controller.close();
    }

    private void fetch() throws Exception {
        fetch(Duration.ofSeconds(20));
    }

    private void fetch(Duration time) throws Exception {
        artifacts.fetch("sha256:" + DIGEST, file, Job.quiet(time).within(time));
    }

    @Test
    void fetchesItAndProvesItsDigest() throws Exception {
        fetch();
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(part).doesNotExist();
    }

    @Test
    void goesOnByItselfWhereATransferWasCutOff() throws Exception {
        controller.cutFetchAfter = 450;
        fetch();
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(controller.fetches).extracting(FetchRequest::getOffset).containsExactly(0L, 450L);
    }

    @Test
    void goesOnWhereAKilledAgentStopped() throws Exception {
        Files.write(part, java.util.Arrays.copyOf(CONTENT, 300));
        fetch();
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(controller.fetches).extracting(FetchRequest::getOffset).containsExactly(300L);
    }

    @Test
    void keepsNothingOfWhatIsNotIt() throws Exception {
        controller.contents.put(DIGEST, "something else".getBytes());
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("sha256:" + DIGEST + " has SHA-256 " + Digests.sha256("something else"));
        assertThat(file).doesNotExist();
        assertThat(part).doesNotExist();
        controller.contents.put(DIGEST, CONTENT);
        fetch();
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void beginsAnewWhenMoreHasComeThanThereIs() throws Exception {
        Files.write(part, new byte[CONTENT.length]);
        assertThatThrownBy(this::fetch).hasMessageContaining("has SHA-256");
        fetch();
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void saysWhatToDoWhenTheControllerDoesNotHaveIt() {
        controller.contents.clear();
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("has no artifact sha256:" + DIGEST + "; push it");
        assertThat(controller.fetches).hasSize(1);
    }

    @Test
    void waitsForAConnectionButNotForEver() throws Exception {
        artifacts.disconnected();
        assertThatThrownBy(() -> fetch(Duration.ofMillis(100)))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("the controller is not connected");
        Thread connecting = Thread.ofVirtual().start(() -> artifacts.connected(channel));
        fetch();
        connecting.join();
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void aNewConnectionEndsThePauseAfterACut() throws Exception {
        ControllerArtifacts patient = new ControllerArtifacts(Duration.ofHours(1), Duration.ofHours(1));
        patient.connected(channel);
        controller.cutFetchAfter = 450;
        FutureTask<Void> fetching = new FutureTask<>(() -> {
            patient.fetch("sha256:" + DIGEST, file, Job.quiet(Duration.ofHours(1)));
            return null;
        });
        Thread.ofVirtual().start(fetching);
        Awaitility.await().until(() -> controller.fetches.size() == 1);
        ManagedChannel next = ControllerChannel.open(host.identity().controller(), Tls.of(host.identity()), "test");
        try {
            patient.connected(next);
            fetching.get(20, TimeUnit.SECONDS);
        } finally {
            next.shutdownNow();
        }
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(controller.fetches).extracting(FetchRequest::getOffset).containsExactly(0L, 450L);
    }

    @Test
    void refusesWhatIsNoDigest() {
        assertThatThrownBy(() -> artifacts.fetch("../../etc/passwd", file, Job.quiet(Duration.ofSeconds(1))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("is no digest");
    }
}
