package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.proto.v1.Audit;
import dev.drydock.proto.v1.Compliance;
import dev.drydock.proto.v1.ContractOuterClass;
import dev.drydock.proto.v1.Management;
import dev.drydock.proto.v1.NotificationOuterClass;
import dev.drydock.proto.v1.Simulation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method of the API has a rule, by the API's own descriptor: a new one without fails here, and is nobody's. */
class PermissionsTest {
    private static Stream<MethodDescriptor> methods() {
        return Stream.of(
                        Audit.getDescriptor(),
                        Compliance.getDescriptor(),
                        ContractOuterClass.getDescriptor(),
                        Management.getDescriptor(),
                        Simulation.getDescriptor(),
                        NotificationOuterClass.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream());
    }

    private static String name(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }

    @Test
    void everyMethodHasARule() {
        assertThat(methods()).isNotEmpty().allSatisfy(method -> assertThat(Permissions.covers(name(method)))
                .as(name(method))
                .isTrue());
    }

    @Test
    void aMethodWithoutOneIsNobodys() {
        User admin = new User("admin", Role.ADMIN, Instant.EPOCH);
        assertThat(Permissions.refusal(admin, "drydock.v1.RolloutService/Obliterate"))
                .isPresent();
        assertThat(Permissions.refusal(admin, "other.v1.SystemService/GetVersion"))
                .isPresent();
    }

    @Test
    void aViewerChangesNothing() {
        User viewer = new User("vera", Role.VIEWER, Instant.EPOCH);
        assertThat(methods().map(PermissionsTest::name).filter(method -> Permissions.refusal(viewer, method)
                        .isEmpty()))
                .isNotEmpty()
                .noneMatch(Permissions::changes);
    }

    /** HTTP says the same of each method (RFC 9110, 9.2.1: GET is safe); a simulation has a body and changes nothing. */
    @Test
    void whatChangesSomethingIsNoGet() {
        assertThat(methods().filter(method -> !method.getName().equals("Simulate")))
                .allSatisfy(method -> assertThat(Permissions.changes(name(method)))
                        .as(name(method))
                        .isEqualTo(!method.getOptions()
                                .getExtension(AnnotationsProto.http)
                                .hasGet()));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachRoleMayDoWhatTheLesserMay(Role role) {
        User user = new User("u", role, Instant.EPOCH);
        for (Role lesser : Role.values()) {
            if (role.includes(lesser)) {
                User other = new User("o", lesser, Instant.EPOCH);
                List<String> allowed = methods()
                        .map(PermissionsTest::name)
                        .filter(method -> Permissions.refusal(other, method).isEmpty())
                        .toList();
                assertThat(allowed).allSatisfy(method -> assertThat(Permissions.refusal(user, method))
                        .as(method)
                        .isEmpty());
            }
        }
    }

    @Test
    void saysWhichRoleIsMissing() {
        User olga = new User("olga", Role.OPERATOR, Instant.EPOCH);
        assertThat(Permissions.refusal(olga, "drydock.v1.RolloutService/ApproveRollout"))
                .contains("ApproveRollout needs the role approver; user olga is operator.");
    }
}
