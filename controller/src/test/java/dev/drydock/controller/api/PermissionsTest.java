package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.Access;
import dev.drydock.proto.v1.AssessmentOuterClass;
import dev.drydock.proto.v1.Audit;
import dev.drydock.proto.v1.Compliance;
import dev.drydock.proto.v1.ContractOuterClass;
import dev.drydock.proto.v1.Controllers;
import dev.drydock.proto.v1.DiagnosisOuterClass;
import dev.drydock.proto.v1.ExplanationOuterClass;
import dev.drydock.proto.v1.Management;
import dev.drydock.proto.v1.NotificationOuterClass;
import dev.drydock.proto.v1.ReportScheduleOuterClass;
import dev.drydock.proto.v1.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method of the API has a rule, by the API's own descriptor: a new one without fails here, and is nobody's. */
class PermissionsTest {
    static Stream<MethodDescriptor> methods() {
        return Stream.of(
                        Access.getDescriptor(),
                        AssessmentOuterClass.getDescriptor(),
                        Audit.getDescriptor(),
                        Compliance.getDescriptor(),
                        ContractOuterClass.getDescriptor(),
                        Controllers.getDescriptor(),
                        DiagnosisOuterClass.getDescriptor(),
                        ExplanationOuterClass.getDescriptor(),
                        Management.getDescriptor(),
                        ReportScheduleOuterClass.getDescriptor(),
                        Simulation.getDescriptor(),
                        NotificationOuterClass.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream());
    }

    private static Principal principal(String name, Role role) {
        return new Principal(name, "token first", List.of(Grant.everywhere(role)), false, Optional.empty());
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
        Principal admin = principal("admin", Role.ADMIN);
        assertThat(Permissions.refusal(admin, "drydock.v1.RolloutService/Obliterate"))
                .isPresent();
        assertThat(Permissions.refusal(admin, "other.v1.SystemService/GetVersion"))
                .isPresent();
    }

    @Test
    void aViewerChangesNothingButTheOwnAccount() {
        Principal viewer = principal("vera", Role.VIEWER);
        assertThat(methods().map(PermissionsTest::name).filter(method -> Permissions.refusal(viewer, method)
                        .isEmpty()))
                .isNotEmpty()
                .filteredOn(method -> !method.startsWith("drydock.v1.AccountService/"))
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
        Principal user = principal("u", role);
        for (Role lesser : Role.values()) {
            if (role.includes(lesser)) {
                Principal other = principal("o", lesser);
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
        Principal olga = principal("olga", Role.OPERATOR);
        assertThat(Permissions.refusal(olga, "drydock.v1.RolloutService/ApproveRollout"))
                .contains("ApproveRollout needs the role approver; user olga is operator.");
    }
}
