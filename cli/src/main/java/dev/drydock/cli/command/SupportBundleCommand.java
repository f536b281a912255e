package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.support.Bundle;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.DiagnoseRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.ListCalendarsRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drydock support-bundle}. */
@Command(
        name = "support-bundle",
        description = {
            "Writes what who helps you wants to see into one zip: versions, the diagnosis, hosts with their facts,",
            "windows, calendars, rollouts, the newest runs, and those that went wrong with all their steps.",
            "No secret is in it, and no user, team, address or parameter. Look through it before you give it away."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drydock support-bundle --file support.zip", "", "Exit codes: 4 where some of it was refused."})
public final class SupportBundleCommand implements Callable<Integer> {
    private static final int RUNS = 200;
    private static final int WHOLE_RUNS = 25;
    private static final Set<RunState> WELL = Set.of(RunState.SUCCEEDED, RunState.CANCELLED);

    private final App app;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The zip; it must not exist yet.")
    private Path file = Path.of("");

    public SupportBundleCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        LocalFiles.requireAbsent(file);
        // Before the file is made: who is not let in should not have to clean up.
        Api api = app.api();
        String version =
                api.system().getVersion(GetVersionRequest.getDefaultInstance()).getVersion();
        List<String> missing = LocalFiles.reading("write", file, () -> {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
                    Bundle bundle = new Bundle(out)) {
                fill(bundle, api);
                bundle.finish(List.of(
                        "Drydock support bundle of " + app.times().now(),
                        "controller " + version + ", drydock " + VersionCommand.own() + ", Java " + Runtime.version()));
                return bundle.missing();
            }
        });
        missing.forEach(why -> app.output().hint("Not in it: " + why));
        app.output()
                .answer(
                        Map.of("file", file.toString(), "missing", missing),
                        List.of(file.toString()),
                        () -> List.of("Wrote " + file + ". Look through it before you give it away."));
        return missing.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY_FAILED;
    }

    private static void fill(Bundle bundle, Api api) throws IOException {
        bundle.add("version.json", () -> api.system().getVersion(GetVersionRequest.getDefaultInstance()));
        bundle.add("diagnosis.json", () -> api.diagnoses().diagnose(DiagnoseRequest.getDefaultInstance()));
        bundle.add(
                "hosts.json",
                () -> Pages.all(
                        ListHostsRequest.getDefaultInstance(),
                        api.hosts()::listHosts,
                        ListHostsResponse::getNextPageToken));
        bundle.add(
                "windows.json",
                () -> Pages.all(
                        ListWindowsRequest.getDefaultInstance(),
                        api.windows()::listWindows,
                        ListWindowsResponse::getNextPageToken));
        bundle.add("calendars.json", () -> api.calendars().listCalendars(ListCalendarsRequest.getDefaultInstance()));
        bundle.add(
                "playbooks.json",
                () -> Pages.all(
                        ListPlaybooksRequest.getDefaultInstance(),
                        api.playbooks()::listPlaybooks,
                        ListPlaybooksResponse::getNextPageToken));
        bundle.add(
                "rollouts.json",
                () -> Pages.all(
                        ListRolloutsRequest.getDefaultInstance(),
                        api.rollouts()::listRollouts,
                        ListRolloutsResponse::getNextPageToken));
        ListRunsResponse runs =
                api.runs().listRuns(ListRunsRequest.newBuilder().setLimit(RUNS).build());
        bundle.add("runs.json", () -> runs);
        for (Run run : runs.getRunsList().stream()
                .filter(run -> !WELL.contains(run.getState()))
                .limit(WHOLE_RUNS)
                .toList()) {
            bundle.add("runs/" + run.getId() + ".json", () -> api.runs()
                    .getRun(GetRunRequest.newBuilder().setId(run.getId()).build()));
        }
    }
}
