package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drydock.controller.api.Permissions.Reach;
import dev.drydock.controller.security.Role;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every method of the API × every role × an own host, a foreign one and the whole fleet, by the API's own descriptor and on a
 * real server. Methods that are about hosts are served by the real services, the others by one that takes every call.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoleMatrixTest {
    @TempDir
    static Path directory;

    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private MatrixFleet fleet;
    private TestServer server;
    private ManagedChannel channel;

    /** Whose role it is, and what is asked for. */
    private enum Cell {
        OWN_HOST("host.labels.role == 'web'", MatrixTarget.OWN),
        FOREIGN_HOST("host.labels.role == 'web'", MatrixTarget.FOREIGN),
        WHOLE_FLEET("", MatrixTarget.FOREIGN);

        private final String grant;
        private final MatrixTarget target;

        Cell(String grant, MatrixTarget target) {
            this.grant = grant;
            this.target = target;
        }
    }

    private static final String REVOKES = "drydock.v1.HostService/RevokeHost";

    @BeforeAll
    void start() throws Exception {
        fleet = new MatrixFleet(directory);
        server = new TestServer(directory, test -> {
            var real = fleet.services(test);
            var names = real.stream()
                    .map(service -> service.bindService().getServiceDescriptor().getName())
                    .collect(Collectors.toSet());
            return Stream.concat(
                            real.stream(),
                            EveryMethod.services()
                                    .filter(service -> !names.contains(service.getName()))
                                    .map(EveryMethod::taking))
                    .toList();
        });
        fleet.fill(server);
        channel = server.channel();
    }

    @AfterAll
    void stop() {
        server.close();
        fleet.close();
    }

    private String header(Role role, Cell cell) {
        return headers.computeIfAbsent(
                role.word() + (cell == Cell.WHOLE_FLEET ? "-whole" : "-web"),
                name -> server.user(name, role, cell.grant));
    }

    @Test
    void everyMethodAboutHostsHasASampleAndARealService() {
        assertThat(EveryMethod.methods()
                        .map(MethodDescriptor::getFullMethodName)
                        .filter(method -> Permissions.reach(method).equals(Optional.of(Reach.HOSTS))))
                .isNotEmpty()
                .allSatisfy(method -> {
                    assertThat(MatrixMethods.SAMPLES).containsKey(method);
                    assertThat(MatrixMethods.REAL).contains(method.substring(0, method.indexOf('/')));
                });
    }

    @TestFactory
    Stream<DynamicTest> eachMayWhatItIsGrantedAndNothingElse() {
        // What a contract covers is gone with its host.
        return EveryMethod.methods()
                .sorted(Comparator.comparing(
                        method -> method.getFullMethodName().equals(REVOKES)))
                .flatMap(method -> Stream.of(Cell.values()).flatMap(cell -> Stream.of(Role.values())
                        .map(role -> DynamicTest.dynamicTest(
                                method.getFullMethodName() + " " + role + " " + cell,
                                () -> check(method, role, cell)))));
    }

    private void check(MethodDescriptor<Message, Message> method, Role role, Cell cell) {
        String name = method.getFullMethodName();
        Role least = Permissions.least(name).orElseThrow(() -> new AssertionError(name + " has no rule"));
        Reach reach = Permissions.reach(name).orElseThrow();
        Message request =
                reach == Reach.HOSTS ? MatrixMethods.sample(name, cell.target) : EveryMethod.emptyRequest(method);

        String header = header(role, cell);
        fleet.planned(server, role.word() + (cell == Cell.WHOLE_FLEET ? "-whole" : "-web"));
        EveryMethod.Outcome outcome = EveryMethod.call(channel, method, request, header);

        boolean bound = cell != Cell.WHOLE_FLEET;
        if (!role.includes(least) || (bound && reach == Reach.FLEET)) {
            assertThat(outcome.code()).as(outcome.text()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(outcome.text()).contains("needs the role " + least.word());
        } else if (bound && reach == Reach.HOSTS && cell == Cell.FOREIGN_HOST) {
            assertThat(outcome.code())
                    .as(outcome.text())
                    .isEqualTo(
                            MatrixMethods.LISTS.contains(name)
                                    ? Status.Code.OK
                                    : MatrixMethods.MAKES.contains(name)
                                            ? Status.Code.INVALID_ARGUMENT
                                            : Status.Code.NOT_FOUND);
        } else {
            assertThat(outcome.code())
                    .as(outcome.text())
                    // An empty request of a method that is not about hosts may name nothing that there is.
                    .isNotEqualTo(reach == Reach.HOSTS ? Status.Code.NOT_FOUND : Status.Code.PERMISSION_DENIED)
                    .isNotIn(List.of(
                            Status.Code.PERMISSION_DENIED,
                            Status.Code.UNAUTHENTICATED,
                            Status.Code.UNIMPLEMENTED,
                            Status.Code.INTERNAL,
                            Status.Code.DEADLINE_EXCEEDED));
        }
        if (bound && reach == Reach.HOSTS) {
            assertThat(outcome.text().replace(request.toString(), ""))
                    .as("tells of a foreign host")
                    .doesNotContain(MatrixTarget.FOREIGN_ID);
        }
        if (bound && MatrixMethods.LISTS.contains(name)) {
            assertThat(outcome.text()).doesNotContain(MatrixTarget.FOREIGN.host());
        }
    }

    /** Pages offer by these. */
    @TestFactory
    Stream<DynamicTest> whatTheCallerMayDoIsSaid() {
        return EveryMethod.methods()
                .filter(method -> method.getFullMethodName().matches(".*/(GetHost|GetRun|GetRollout)"))
                .flatMap(method -> Stream.of(Role.values())
                        .map(role -> DynamicTest.dynamicTest(method.getFullMethodName() + " " + role, () -> {
                            String name = method.getFullMethodName();
                            String told = EveryMethod.call(
                                            channel,
                                            method,
                                            MatrixMethods.sample(name, MatrixTarget.OWN),
                                            header(role, Cell.OWN_HOST))
                                    .text();
                            assertThat(told.contains("steerable: true")).isEqualTo(role.includes(Role.OPERATOR));
                            assertThat(told.contains("approvable: true"))
                                    .isEqualTo(name.endsWith("GetRollout") && role.includes(Role.APPROVER));
                        })));
    }

    /** That there is a foreign one cannot be told from that there is none. */
    @TestFactory
    Stream<DynamicTest> aForeignHostIsAnsweredAsOneThatDoesNotExist() {
        return EveryMethod.methods()
                .filter(method -> MatrixMethods.SAMPLES.containsKey(method.getFullMethodName()))
                .filter(method -> !MatrixMethods.LISTS.contains(method.getFullMethodName()))
                .map(method -> DynamicTest.dynamicTest(method.getFullMethodName(), () -> {
                    String name = method.getFullMethodName();
                    String header = header(Role.ADMIN, Cell.FOREIGN_HOST);
                    var foreign =
                            EveryMethod.call(channel, method, MatrixMethods.sample(name, MatrixTarget.FOREIGN), header);
                    var absent =
                            EveryMethod.call(channel, method, MatrixMethods.sample(name, MatrixTarget.ABSENT), header);
                    assertThat(MatrixTarget.FOREIGN.without(foreign.text()))
                            .isEqualTo(MatrixTarget.ABSENT.without(absent.text()));
                    assertThat(foreign.code()).isEqualTo(absent.code());
                }));
    }
}
