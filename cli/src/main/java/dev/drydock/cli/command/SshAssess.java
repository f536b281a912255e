package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.assess.Assess;
import dev.drydock.cli.assess.AssessResult;
import dev.drydock.cli.bootstrap.ProgressView;
import dev.drydock.cli.bootstrap.Trouble;
import dev.drydock.cli.client.Agentless;
import dev.drydock.cli.inventory.ListedHost;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Width;
import dev.drydock.cli.ssh.Confirming;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code drydock ssh assess}. */
final class SshAssess {
    private final App app;

    SshAssess(App app) {
        this.app = app;
    }

    int run(SshOptions ssh, boolean refresh, boolean submit) {
        SshRoutes routes = new SshRoutes(app, ssh);
        List<ListedHost> hosts = routes.hosts();
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
        List<AssessResult> results = new Assess(
                        routes.route(hosts, person ? view : Confirming.NOBODY), routes.parallel(), refresh)
                .run(hosts, result -> {
                    if (shown) {
                        view.ended(result.name(), result.failed(), what(result));
                    }
                });
        view.close();
        if (submit) {
            results = results.stream().map(this::submitted).toList();
        }
        List<AssessResult> all = results;
        output.answer(
                Map.of("hosts", all.stream().map(SshAssess::tree).toList()),
                all.stream()
                        .filter(result -> !result.failed())
                        .map(AssessResult::name)
                        .toList(),
                () -> lines(all, output));
        return exitCode(all);
    }

    private AssessResult submitted(AssessResult result) {
        return result.failed() || result.facts().isEmpty()
                ? result
                : Agentless.record(app.api(), result.facts().get(), result.address())
                        .map(why -> result.with(new Trouble(
                                "not-recorded", "it could not be recorded: " + why.getMessage(), why.nextStep())))
                        .orElse(result);
    }

    private static String what(AssessResult result) {
        return result.trouble().map(why -> "failed: " + why.what()).orElseGet(() -> result.facts()
                .filter(Host::hasPackages)
                .map(facts -> facts.getPackages().getPendingCount() + " updates, "
                        + facts.getPackages().getPendingSecurity() + " of security")
                .orElse("its updates could not be read"));
    }

    private static List<String> lines(List<AssessResult> results, Output output) {
        Table table = Table.of("NAME", "SYSTEM", "ARCH", "SECURITY", "UPDATES", "REBOOT", "LABELS");
        results.forEach(result -> {
            Host facts = result.facts().orElse(Host.getDefaultInstance());
            table.row(
                    Cell.of(result.name()),
                    Cell.orDash(Width.printable(HostView.system(facts))),
                    Cell.orDash(Width.printable(facts.getOs().getArch())),
                    AssessView.security(facts),
                    AssessView.updates(facts),
                    AssessView.reboot(facts),
                    Cell.orDash(Pairs.text(facts.getLabelsMap())));
        });
        List<String> lines = new ArrayList<>(output.render(table.withoutEmpty("REBOOT", "LABELS")));
        results.forEach(result -> {
            result.notes().forEach(note -> lines.add(result.name() + ": could not be read: " + Width.printable(note)));
            result.trouble().ifPresent(why -> {
                lines.add(result.name() + ": " + Width.printable(why.what()));
                lines.add("  next:  " + Width.printable(why.next()));
            });
        });
        return lines;
    }

    private static Map<String, Object> tree(AssessResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", result.name());
        tree.put("address", result.address());
        tree.put("state", result.failed() ? "failed" : "seen");
        Host facts = result.facts().orElse(Host.getDefaultInstance());
        tree.put("system", facts.getOs().getPrettyName());
        tree.put("arch", facts.getOs().getArch());
        tree.put("kernel", facts.getKernel());
        tree.put("rebootRequired", facts.getReboot().getRequired());
        tree.put("packagesRead", facts.hasPackages());
        tree.put(
                "pending",
                facts.getPackages().getPendingList().stream()
                        .map(SshAssess::tree)
                        .toList());
        tree.put("notes", result.notes());
        tree.put(
                "troubles",
                result.trouble().stream()
                        .map(why -> Map.of("code", why.code(), "what", why.what(), "next", why.next()))
                        .toList());
        return tree;
    }

    private static Map<String, Object> tree(PendingUpdate update) {
        return Map.of(
                "name", update.getName(),
                "arch", update.getArch(),
                "installed", update.getInstalledVersion(),
                "available", update.getAvailableVersion(),
                "security", update.getSecurity());
    }

    private static int exitCode(List<AssessResult> results) {
        long failed = results.stream().filter(AssessResult::failed).count();
        return failed == 0 ? ExitCode.DONE : failed < results.size() ? ExitCode.PARTLY_FAILED : ExitCode.FAILED;
    }
}
