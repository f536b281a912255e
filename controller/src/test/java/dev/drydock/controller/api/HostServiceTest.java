package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.ClearCloneRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceBlockingStub;
import dev.drydock.proto.v1.HostState;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.RevokeHostRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostServiceTest {
    @TempDir
    Path directory;

    private final FakeHosts fleet = new FakeHosts();
    private TestServer server;
    private HostServiceBlockingStub hosts;

    @BeforeEach
    void start() throws Exception {
        fleet.add("h-1", "web-01", "web");
        fleet.add("h-2", "db-01", "db");
        server = new TestServer(directory, test -> List.of(new HostService(fleet, fleet, test.users()::accessChanges)));
        hosts = server.client(HostServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsAllOrThoseThatAFilterSelects() {
        assertThat(list("")).containsExactly("db-01", "web-01");
        assertThat(list("host.labels.role == 'web'")).containsExactly("web-01");
        assertThat(list("host.labels.absent == 'web'")).isEmpty();
    }

    @Test
    void refusesAFilterThatIsNone() {
        assertFails(Status.Code.INVALID_ARGUMENT, () -> list("host.labls.role == 'web'"))
                .hasMessageContaining("did you mean labels?");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> list("1 / host.memory_bytes == 1"))
                .hasMessageContaining("no answer for host db-01");
    }

    private List<String> list(String filter) {
        return hosts.listHosts(ListHostsRequest.newBuilder().setFilter(filter).build()).getHostsList().stream()
                .map(host -> host.getFacts().getName())
                .toList();
    }

    @Test
    void showsAHostByNameOrId() {
        Host host = hosts.getHost(GetHostRequest.newBuilder().setName("h-1").build());
        assertThat(host.getFacts().getName()).isEqualTo("web-01");
        assertThat(host.getOnline()).isTrue();
        assertThat(host.getLastSeen()).isEqualTo(Times.timestamp(FakeHosts.NOON));
        assertThat(host.getClockSkew().getSeconds()).isZero();
        assertThat(host.getClockSkew().getNanos()).isEqualTo(-250_000_000);
        assertThat(host)
                .isEqualTo(hosts.getHost(
                        GetHostRequest.newBuilder().setName("web-01").build()));
    }

    @Test
    void saysHowManyThereAreAndWhichStandHow() {
        assertThat(hosts.drainHost(
                                DrainHostRequest.newBuilder().setName("web-01").build())
                        .getDrained())
                .isTrue();
        ListHostsResponse drained = hosts.listHosts(ListHostsRequest.newBuilder()
                .setState(HostState.HOST_DRAINED)
                .setPageSize(1)
                .build());
        assertThat(drained.getHostsList())
                .singleElement()
                .satisfies(host -> assertThat(host.getFacts().getName()).isEqualTo("web-01"));
        assertThat(drained.getTotalSize()).isEqualTo(1);
        ListHostsResponse first =
                hosts.listHosts(ListHostsRequest.newBuilder().setPageSize(1).build());
        assertThat(first.getHostsCount()).isEqualTo(1);
        assertThat(first.getTotalSize()).isEqualTo(list("").size()).isGreaterThan(1);
        assertThat(hosts.listHosts(ListHostsRequest.newBuilder()
                                .setState(HostState.HOST_REVOKED)
                                .build())
                        .getTotalSize())
                .isZero();
    }

    @Test
    void suggestsTheNearestName() {
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> read(hosts.getHost(
                                GetHostRequest.newBuilder().setName("web-1").build())))
                .hasMessageContaining("There is no host 'web-1'. Did you mean web-01?");
    }

    @Test
    void changesHosts() {
        Host labelled = hosts.labelHost(LabelHostRequest.newBuilder()
                .setName("web-01")
                .putSet("env", "prod")
                .addRemove("role")
                .build());
        assertThat(labelled.getFacts().getLabelsMap()).isEqualTo(Map.of("env", "prod"));

        DrainHostRequest drain = DrainHostRequest.newBuilder().setName("web-01").build();
        assertThat(hosts.drainHost(drain).getDrained()).isTrue();
        assertThat(hosts.drainHost(drain.toBuilder().setUndo(true).build()).getDrained())
                .isFalse();

        assertThat(hosts.revokeHost(
                                RevokeHostRequest.newBuilder().setName("db-01").build())
                        .getRevoked())
                .isTrue();

        read(hosts.clearClone(ClearCloneRequest.newBuilder().setName("web-01").build()));
        assertThat(fleet.cleared).containsExactly("web-01");

        read(hosts.refreshFacts(
                RefreshFactsRequest.newBuilder().setName("web-01").build()));
        assertThat(fleet.refreshed).containsExactly("web-01");
    }

    @Test
    void refusesChangesOfHostsThatThereAreNot() {
        assertFails(
                Status.Code.NOT_FOUND,
                () -> read(hosts.labelHost(
                        LabelHostRequest.newBuilder().setName("x").build())));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> read(hosts.drainHost(
                        DrainHostRequest.newBuilder().setName("x").build())));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> read(hosts.clearClone(
                        ClearCloneRequest.newBuilder().setName("x").build())));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> read(hosts.revokeHost(
                        RevokeHostRequest.newBuilder().setName("x").build())));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> read(hosts.refreshFacts(
                        RefreshFactsRequest.newBuilder().setName("x").build())));
    }

    @Test
    void refusesLabelsWithAllThatIsWrong() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> read(hosts.labelHost(LabelHostRequest.newBuilder()
                                .setName("web-01")
                                .putSet("", "x")
                                .build())))
                .hasMessageContaining("a key is empty\nlabels: expected letters");
    }

    private static void read(Object answer) {
        assertThat(answer).isNotNull();
    }
}
