package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.ChangePasswordRequest;
import dev.drydock.proto.v1.ChangePasswordResponse;
import dev.drydock.proto.v1.ConfirmTotpRequest;
import dev.drydock.proto.v1.ConfirmTotpResponse;
import dev.drydock.proto.v1.DisableTotpRequest;
import dev.drydock.proto.v1.DisableTotpResponse;
import dev.drydock.proto.v1.EnrolTotpRequest;
import dev.drydock.proto.v1.EnrolTotpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody may see is typed, or read from files, and shown nowhere. */
final class SecretsTest {
    private static final String OLD = "sieben Drachen übers Pier";
    private static final String NEW = "acht Drachen übers Pier";

    @TempDir
    Path folder;

    private final TestingManagementPlane plane = new TestingManagementPlane();
    private Shell shell;

    @BeforeEach
    void answer() {
        shell = new Shell(folder, plane);
        plane.answer("ChangePassword", ChangePasswordResponse.getDefaultInstance());
        plane.answer(
                "EnrolTotp", EnrolTotpResponse.newBuilder().setSecret("GEZD").build());
        plane.answer("ConfirmTotp", ConfirmTotpResponse.getDefaultInstance());
        plane.answer("DisableTotp", DisableTotpResponse.getDefaultInstance());
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void passwordsAreTypedTheNewOneTwice() {
        Shell.Ended ended = shell.on(TestingTerminal.of(80, 24))
                .typing(OLD + "\n" + NEW + "\n" + NEW + "\n")
                .run("user", "passwd");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertChanged();
        assertThat(ended.out() + ended.err())
                .contains("Old password: ", "New password again: ", "The password is changed")
                .doesNotContain("Drachen");
    }

    private void assertChanged() {
        assertThat(plane.asked(ChangePasswordRequest.class))
                .containsExactly(ChangePasswordRequest.newBuilder()
                        .setOldPassword(OLD)
                        .setNewPassword(NEW)
                        .build());
    }

    @Test
    void ofTwoThatDifferNoneIsTaken() {
        Shell.Ended ended = shell.on(TestingTerminal.of(80, 24))
                .typing(OLD + "\n" + NEW + "\n" + NEW + "x\n")
                .run("user", "passwd");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(plane.asked(ChangePasswordRequest.class)).isEmpty();
    }

    @Test
    void passwordsAreReadFromAFileAndFromStandardInput() {
        Path old = shell.file("old", OLD + "\nmore\n");
        Shell.Ended ended =
                shell.typing(NEW + "\r\n").run("user", "passwd", "--old-file", old.toString(), "--new-file", "-");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertChanged();
    }

    @Test
    void twoSecretsComeAsTwoLinesOfStandardInput() {
        Shell.Ended ended =
                shell.typing(OLD + "\n" + NEW + "\n").run("user", "passwd", "--old-file", "-", "--new-file", "-");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertChanged();
    }

    @Test
    void whereNobodyCanTypeTheOptionIsNamed() {
        Shell.Ended ended = shell.run("user", "passwd");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("--old-file FILE");
    }

    @Test
    void aSecondFactorIsEnrolledConfirmedAndDisabled() {
        assertThat(shell.typing(OLD + "\n")
                        .run("user", "totp", "enrol", "--password-file", "-")
                        .out())
                .contains("secret  GEZD");
        assertThat(shell.typing("123456\n")
                        .run("user", "totp", "confirm", "--code-file", "-")
                        .exitCode())
                .isZero();
        assertThat(shell.typing(OLD + "\n654321\n")
                        .run("user", "totp", "disable", "--password-file", "-", "--code-file", "-")
                        .exitCode())
                .isZero();
        assertThat(plane.asked(EnrolTotpRequest.class))
                .containsExactly(EnrolTotpRequest.newBuilder().setPassword(OLD).build());
        assertThat(plane.asked(ConfirmTotpRequest.class))
                .containsExactly(
                        ConfirmTotpRequest.newBuilder().setCode("123456").build());
        assertThat(plane.asked(DisableTotpRequest.class))
                .containsExactly(DisableTotpRequest.newBuilder()
                        .setPassword(OLD)
                        .setCode("654321")
                        .build());
        assertThat(shell.run("user", "totp", "forget").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("user", "totp").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
