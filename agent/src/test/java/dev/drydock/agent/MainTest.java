package dev.drydock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.config.InstanceLock;
import dev.drydock.agent.testing.TestCa;
import dev.drydock.agent.testing.TestController;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestController controller;

    @BeforeEach
    void start() throws Exception {
        controller = TestController.start(new TestCa());
        Files.writeString(directory.resolve("token"), controller.token() + "\n");
    }

    @AfterEach
    void stop() throws Exception {
        controller.close();
    }

    private int run(String... args) {
        return Main.run(
                new Main.Terminal(
                        new ByteArrayInputStream(controller.token().getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        InstantSource.system()),
                args);
    }

    private int enroll(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "enroll",
                "--controller",
                "127.0.0.1:" + controller.port(),
                "--token-file",
                directory.resolve("token").toString(),
                "--data",
                directory.resolve("data").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void aSecondAgentOnTheSameHostIsKeptAwayWhicheverController() throws Exception {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("run"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\n");
        assertThat(enroll("--name", "web-01")).isZero();
        try (InstanceLock other =
                InstanceLock.take(root.resolve("run/drydock-agent.lock")).orElseThrow()) {
            assertThat(run("run", "--data", directory.resolve("data").toString(), "--root", root.toString()))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("another agent", "/run/drydock-agent.lock");
    }

    private int status(String... more) {
        List<String> args = new ArrayList<>(
                List.of("status", "--data", directory.resolve("data").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void enrolsOnceAndAgainOnlyWhenForced() {
        assertThat(enroll("--name", "web-01")).isZero();
        assertThat(out.toString()).contains("Enrolled as web-01 (h-1)").contains("No signer is pinned");
        assertThat(enroll()).isEqualTo(3);
        assertThat(err.toString()).contains("enrolled already").contains("--force");
        assertThat(controller.enrolments).hasSize(1);
        assertThat(enroll("--again")).isZero();
        assertThat(controller.enrolments.getLast().getFormerCertificate().isEmpty())
                .isFalse();
        assertThat(enroll("--again", "--force")).isEqualTo(2);
        assertThat(err.toString()).contains("--again keeps it");
        assertThat(enroll("--force")).isZero();
        assertThat(controller.enrolments).hasSize(3);
    }

    private int doctor() {
        return run(
                "doctor",
                "--data",
                directory.resolve("data").toString(),
                "--config",
                directory.resolve("config").toString());
    }

    @Test
    void theDoctorGoesTheWayToTheControllerAndSaysWhatIsMissing() throws Exception {
        assertThat(doctor()).isEqualTo(1);
        assertThat(out.toString()).contains("trouble  identity    this host is not enrolled");

        assertThat(enroll("--name", "web-01")).isZero();
        assertThat(doctor()).isEqualTo(1);
        assertThat(out.toString())
                .contains("ok       identity    enrolled as web-01")
                .contains("ok       controller  127.0.0.1:" + controller.port() + " (127.0.0.1) lets this host in")
                .contains("trouble  agent       it does not run");

        int port = controller.port();
        controller.close();
        controller = TestController.start(new TestCa());
        assertThat(doctor()).isEqualTo(1);
        assertThat(out.toString()).contains("trouble  controller  nothing answers at 127.0.0.1:" + port);
    }

    @Test
    void theDoctorSaysThatABrokenPolicyAllowsNothing() throws Exception {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/policy.yaml"), "allow: [nonsense\n");
        doctor();
        assertThat(out.toString()).contains("trouble  policy      no run is allowed here: ");
    }

    @Test
    void readsTheTokenFromStandardInputToo() {
        assertThat(enroll("--token-file", "-")).isEqualTo(2);
        assertThat(run(
                        "enroll",
                        "--controller",
                        "127.0.0.1:" + controller.port(),
                        "--token-file",
                        "-",
                        "--data",
                        directory.resolve("data").toString()))
                .isZero();
    }

    @Test
    void saysWhatIsWrongWithTheTokenWithoutPrintingIt() throws Exception {
        Files.writeString(directory.resolve("token"), controller.token().replace("secret-of", "another-of"));
        assertThat(enroll()).isEqualTo(3);
        Files.writeString(directory.resolve("token"), "dd1.nonsense-secret");
        assertThat(enroll()).isEqualTo(3);
        Files.delete(directory.resolve("token"));
        assertThat(enroll()).isEqualTo(2);
        assertThat(err.toString())
                .contains("does not accept token test", "no enrolment token", "cannot be read")
                .doesNotContain("another-of", "nonsense-secret");
        assertThat(directory.resolve("data/identity/current")).doesNotExist();
    }

    @Test
    void usageErrorsNameTheOption() {
        assertThat(enroll("--root", directory.toString())).isEqualTo(2);
        assertThat(run("enroll", "--controller", "http://x", "--token-file", "t", "--data", directory.toString()))
                .isEqualTo(2);
        assertThat(run("enroll")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .contains("--root: ", "--controller 'http://x' is no address", "--controller=HOST[:PORT]", "dance");
    }

    @Test
    void doesNotTouchTheDataOfAnAgentThatRuns() throws Exception {
        try (InstanceLock running =
                InstanceLock.take(directory.resolve("data/agent.lock")).orElseThrow()) {
            assertThat(enroll()).isEqualTo(1);
            assertThat(err.toString()).contains("an agent runs with the data directory");
        }
    }

    @Test
    void statusTellsWhatThereIs() {
        assertThat(status()).isEqualTo(1);
        assertThat(out.toString()).containsPattern("enrolled +no").containsPattern("running +no");
        enroll("--name", "web-01");
        out.getBuffer().setLength(0);
        assertThat(status("--output", "json")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"enrolled\":true", "\"host\":\"web-01\"", "\"hostId\":\"h-1\"", "\"running\":false")
                .contains("\"certificateExpires\":\"20");
    }

    @Test
    void helpHasExamplesAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(run("enroll", "--help")).isZero();
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .contains("Examples:", "Exit codes: 0 done", "--token-file=FILE", "drydock-agent dev");
    }

    @Test
    void theVersionIsToldAsOtherProgramsTellIt() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("drydock-agent dev");
    }

    @Test
    void withoutAPackageManagerNoProfileIsTried() throws Exception {
        Path root = Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(root.resolve("os-release"), "ID=debian\n");

        int code = run("middleware", "--root", directory.resolve("root").toString(), "nginx");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("no package manager that this agent understands was found");
        assertThat(run("middleware", "--root", directory.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not an absolute path of a directory");
    }
}
