package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.bootstrap.Bootstrap;
import dev.drydock.cli.bootstrap.HostResult;
import dev.drydock.cli.bootstrap.Parcel;
import dev.drydock.cli.bootstrap.Parcels;
import dev.drydock.cli.bootstrap.Progress;
import dev.drydock.cli.bootstrap.ProgressView;
import dev.drydock.cli.bootstrap.Trouble;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.inventory.ListedHost;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Width;
import dev.drydock.cli.ssh.Confirming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code drydock host bootstrap}. */
final class HostBootstrap {
    private static final int AGENT_PORT = 7443;

    private final App app;

    HostBootstrap(App app) {
        this.app = app;
    }

    int run(SshOptions ssh, BootstrapOptions options) {
        SshRoutes routes = new SshRoutes(app, ssh);
        List<ListedHost> hosts = routes.hosts();
        List<Parcel> parcels = parcels(options);
        Api api = app.api();
        Output output = app.output();
        boolean person = app.environment().terminal().input()
                && app.environment().terminal().error();
        ProgressView view = new ProgressView(
                app.environment().err(),
                app.environment().terminal(),
                app.paint(app.environment().terminal().error()),
                app.environment().terminal().error(),
                hosts.size(),
                app::readLine);
        boolean shown = output.format() == OutputFormat.TABLE && !output.quiet();
        List<HostResult> results = new Bootstrap(
                        api,
                        routes.route(hosts, person ? view : Confirming.NOBODY),
                        controller(options, api),
                        parcels,
                        options.enrolAnew,
                        Options.duration("--wait", options.wait),
                        routes.parallel(),
                        options.check,
                        app.environment().clock())
                .run(hosts, shown ? view : Progress.NONE);
        if (shown) {
            view.close();
        }
        output.answer(
                Map.of("hosts", results.stream().map(HostResult::tree).toList()),
                results.stream()
                        .filter(result -> !result.failed())
                        .map(HostResult::name)
                        .toList(),
                () -> lines(results, output));
        return exitCode(results);
    }

    private static List<Parcel> parcels(BootstrapOptions options) {
        List<Parcel> parcels = options.packages == null ? beside() : Parcels.of(options.packages);
        if (parcels.isEmpty()) {
            throw CliException.usage(
                    "There is no agent to put on hosts: none lies beside this program's folder.",
                    "Give --package FILE: drydock-agent_*.deb, drydock-agent-*.rpm or the folder drydock-agent.");
        }
        return parcels;
    }

    /** The distribution's folder has the runtime that this program runs by. */
    private static List<Parcel> beside() {
        return Optional.ofNullable(Path.of(System.getProperty("java.home")).getParent())
                .map(Parcels::beside)
                .orElse(List.of());
    }

    private static String controller(BootstrapOptions options, Api api) {
        String given = options.controller == null ? bracketed(api.target().host()) : options.controller.strip();
        String address =
                given.matches(".*[^:\\]]:\\d{1,5}|\\[.*]:\\d{1,5}") ? given : bracketed(given) + ":" + AGENT_PORT;
        if (!address.matches("[A-Za-z0-9._-]+:\\d{1,5}|\\[[0-9A-Fa-f:.%]+]:\\d{1,5}")) {
            throw CliException.usage(
                    "--controller '" + given + "' is no address.", "Write HOST, HOST:PORT or [IPv6]:PORT.");
        }
        return address;
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static List<String> lines(List<HostResult> results, Output output) {
        Table table = Table.of("NAME", "STATE", "IN FLEET AS", "SYSTEM", "ARCH", "AGENT", "STEPS");
        results.forEach(result -> table.row(
                Cell.of(result.name()),
                state(result),
                Cell.orDash(result.enrolledAs()),
                Cell.orDash(Width.printable(result.system())),
                Cell.orDash(Width.printable(result.arch())),
                Cell.orDash(Width.printable(result.agentVersion())),
                Cell.orDash(String.join(
                        " ", result.done().stream().map(stage -> stage.code()).toList()))));
        List<String> lines = new ArrayList<>(output.render(table));
        results.stream().filter(HostResult::failed).forEach(result -> {
            lines.add("");
            for (Trouble trouble : result.troubles()) {
                lines.add(result.name() + ": " + Width.printable(trouble.what()));
                lines.add("  next:  " + Width.printable(trouble.next()));
            }
        });
        return lines;
    }

    private static Cell state(HostResult result) {
        return new Cell(
                result.failed()
                        ? "failed in " + result.failedIn()
                        : result.state().code().replace('-', ' '),
                switch (result.state()) {
                    case FAILED -> Style.BAD;
                    case WOULD_CHANGE -> Style.WARN;
                    case BOOTSTRAPPED, UNCHANGED -> Style.GOOD;
                });
    }

    /** Refused where every host was one that may be another machine. */
    static int exitCode(List<HostResult> results) {
        List<HostResult> failed = results.stream().filter(HostResult::failed).toList();
        if (failed.isEmpty()) {
            return ExitCode.DONE;
        }
        if (failed.size() < results.size()) {
            return ExitCode.PARTLY_FAILED;
        }
        boolean distrusted =
                failed.stream().allMatch(result -> result.troubles().stream().allMatch(Trouble::distrust));
        return distrusted ? ExitCode.REFUSED : ExitCode.FAILED;
    }
}
