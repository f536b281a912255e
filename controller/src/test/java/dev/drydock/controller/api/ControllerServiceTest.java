package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.cluster.Members;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.Controller;
import dev.drydock.proto.v1.ControllerServiceGrpc;
import dev.drydock.proto.v1.ControllerServiceGrpc.ControllerServiceBlockingStub;
import dev.drydock.proto.v1.ListControllersRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControllerServiceTest {
    private static final Instant NOW = TestServer.CLOCK.instant();

    @TempDir
    Path directory;

    private Members members = () -> List.of(
            new MemberStatus("one:7443", "0.1.0", NOW, NOW, false, Optional.empty(), Optional.empty(), 3),
            new MemberStatus("two:7443", "0.2.0", NOW, NOW, true, Optional.of(7L), Optional.of(NOW), 5));
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, test -> List.of(new ControllerService(() -> members.all())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<Controller> list(ControllerServiceBlockingStub stub) {
        return stub.listControllers(ListControllersRequest.getDefaultInstance()).getControllersList();
    }

    @Test
    void saysWhoLeadsAndWhoFollows() {
        List<Controller> all = list(server.client(ControllerServiceGrpc::newBlockingStub));
        assertThat(all).extracting(Controller::getName).containsExactly("one:7443", "two:7443");
        Controller follower = all.getFirst();
        assertThat(follower.getLeads()).isFalse();
        assertThat(follower.hasLeadsSince()).isFalse();
        assertThat(follower.getTerm()).isZero();
        assertThat(follower.getAgents()).isEqualTo(3);
        Controller leader = all.getLast();
        assertThat(leader.getLeads()).isTrue();
        assertThat(leader.getLeadsSince()).isEqualTo(Times.timestamp(NOW));
        assertThat(leader.getTerm()).isEqualTo(7);
        assertThat(leader.getVersion()).isEqualTo("0.2.0");
    }

    @Test
    void oneWithADatabaseOfItsOwnIsAloneAndLeads() {
        members = Members.alone("alone:7443", "0.1.0", TestServer.CLOCK, () -> 4);
        assertThat(list(server.client(ControllerServiceGrpc::newBlockingStub)))
                .singleElement()
                .satisfies(only -> {
                    assertThat(only.getName()).isEqualTo("alone:7443");
                    assertThat(only.getLeads()).isTrue();
                    assertThat(only.getTerm()).isZero();
                    assertThat(only.getLeadsSince()).isEqualTo(only.getStartedAt());
                    assertThat(only.getAgents()).isEqualTo(4);
                });
    }

    @Test
    void isForWhoSeesTheWholeFleet() {
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> list(TestServer.withAuthorization(
                        ControllerServiceGrpc.newBlockingStub(server.channel()),
                        server.user("shop", Role.ADMIN, "host.labels.role == 'web'"))));
    }
}
