package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.store.Chains;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditServiceGrpc;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCrashTest {
    @TempDir
    Path directory;

    @Test
    void aCallThatAKilledControllerWasServingIsOnRecordAndItsEndUnknown() throws Exception {
        callUntilItDies();

        try (TestServer again = new TestServer(
                directory, test -> List.of(new AuditService(test.audit(), test.recorder(), test.streams())))) {
            again.recorder().started("1.2.3");
            List<AuditEntry> entries = again.client(AuditServiceGrpc::newBlockingStub)
                    .listAuditEntries(ListAuditEntriesRequest.getDefaultInstance())
                    .getEntriesList();
            assertThat(entries)
                    .extracting(AuditEntry::getKind)
                    .containsExactly("started", "begun", "begun", "begun", "started");
            assertThat(entries.subList(1, 4))
                    .extracting(entry -> entry.getOutcome().getCode())
                    .containsExactly("UNKNOWN", "OK", "OK");
            assertThat(entries.get(1).getRequest().getFieldsOrThrow("name").getStringValue())
                    .isEqualTo("t3");
            assertThat(Chains.whole(again.audit())).hasSize(7);
        }
    }

    private void callUntilItDies() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingController.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader()) {
            int port = Integer.parseInt(out.readLine());
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(directory.resolve("ca.crt").toFile())
                            .build())
                    .build();
            try {
                String token =
                        Files.readString(directory.resolve("admin.token")).strip();
                TeamServiceBlockingStub teams =
                        TestServer.withAuthorization(TeamServiceGrpc.newBlockingStub(channel), "Bearer " + token);
                assertThat(teams.createTeam(team("t1"))).isNotNull();
                assertThat(teams.createTeam(team("t2"))).isNotNull();
                assertFails(Status.Code.UNAVAILABLE, () -> teams.createTeam(team("t3")));
            } finally {
                channel.shutdownNow();
            }
            assertThat(child.waitFor()).isEqualTo(137);
        } finally {
            child.destroyForcibly();
        }
    }

    private static CreateTeamRequest team(String name) {
        return CreateTeamRequest.newBuilder().setName(name).build();
    }
}
