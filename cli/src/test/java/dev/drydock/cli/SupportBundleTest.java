package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Run;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupportBundleTest {
    @TempDir
    Path folder;

    private final TestingManagementPlane plane = new TestingManagementPlane();
    private Shell shell;

    @BeforeEach
    void answer() {
        shell = new Shell(folder, plane);
        plane.answer(
                "GetVersion",
                GetVersionResponse.newBuilder().setVersion("0.1.0").build());
        plane.answer("Diagnose", Fleet.diagnosis());
        plane.answer(
                "ListHosts",
                ListHostsResponse.newBuilder().addHosts(Fleet.web01()).build());
        plane.answer("ListWindows", ListWindowsResponse.getDefaultInstance());
        plane.answer("ListCalendars", ListCalendarsResponse.getDefaultInstance());
        plane.answer("ListPlaybooks", ListPlaybooksResponse.getDefaultInstance());
        plane.answer(
                "ListRollouts",
                ListRolloutsResponse.newBuilder()
                        .addRollouts(SampleRollouts.rollout(RolloutState.RUNNING))
                        .build());
        plane.answer(
                "ListRuns",
                ListRunsResponse.newBuilder()
                        .addRuns(Run.newBuilder().setId("r-1").setState(RunState.SUCCEEDED))
                        .addRuns(Run.newBuilder().setId("r-2").setState(RunState.ROLLED_BACK))
                        .build());
        plane.answer(
                "GetRun",
                Run.newBuilder().setId("r-2").setReason("http.check: 502").build());
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private Map<String, String> bundle(Path file) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                files.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void itHoldsWhatHelpsAndNoSecret() throws Exception {
        Path file = folder.resolve("support.zip");
        Shell.Ended ended = shell.run("support-bundle", "--file", file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        Map<String, String> files = bundle(file);
        assertThat(files)
                .containsOnlyKeys(
                        "README.txt",
                        "version.json",
                        "diagnosis.json",
                        "hosts.json",
                        "windows.json",
                        "calendars.json",
                        "playbooks.json",
                        "rollouts.json",
                        "runs.json",
                        "runs/r-2.json");
        assertThat(files.get("hosts.json")).contains("web-01");
        assertThat(files.get("runs/r-2.json")).contains("http.check: 502");
        assertThat(String.join("", files.values()))
                .doesNotContain("\"reboot\": \"never\"", TestingManagementPlane.TOKEN);
    }

    @Test
    void whatIsRefusedIsNotedAndTheRestIsThere() throws Exception {
        plane.refuse("Diagnose", Status.PERMISSION_DENIED.withDescription("Diagnose needs the whole fleet."));
        Path file = folder.resolve("support.zip");
        Shell.Ended ended = shell.run("support-bundle", "--file", file.toString());

        assertThat(ended.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(ended.err()).contains("Not in it: diagnosis.json: Diagnose needs the whole fleet.");
        assertThat(bundle(file).get("README.txt")).contains("not in it: diagnosis.json");
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        Path file = Files.writeString(folder.resolve("support.zip"), "mine");
        assertThat(shell.run("support-bundle", "--file", file.toString()).exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(file).hasContent("mine");
    }
}
