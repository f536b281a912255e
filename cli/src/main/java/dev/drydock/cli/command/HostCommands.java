package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.client.Agentless;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.ClearCloneRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.RevokeHostRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock host}. */
@Command(
        name = "host",
        description = "The hosts under care.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock host list", "  drydock host show web-01"})
public final class HostCommands {
    private static final String NAME = "The host's name or id.";

    private final App app;

    public HostCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "list",
            description = "Lists the hosts with what waits on them, those without an agent too (drydock ssh).",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock host list",
                "  drydock host list --filter 'host.labels.role == \"web\" && host.packages.pending_security > 0'",
                "  drydock host list --quiet"
            })
    int list(
            @Option(
                            names = "--filter",
                            paramLabel = "CEL",
                            defaultValue = "",
                            description = "Only hosts for which this expression over 'host' is true.")
                    String filter) {
        ListHostsResponse hosts = Pages.all(
                ListHostsRequest.newBuilder().setFilter(filter).build(),
                app.api().hosts()::listHosts,
                ListHostsResponse::getNextPageToken);
        Output output = app.output();
        output.answer(
                hosts,
                hosts.getHostsList().stream()
                        .map(host -> host.getFacts().getName())
                        .toList(),
                () -> {
                    Table table =
                            Table.of("NAME", "STATE", "LAST SEEN", "SYSTEM", "SECURITY", "UPDATES", "REBOOT", "LABELS");
                    hosts.getHostsList()
                            .forEach(host -> table.row(
                                    Cell.of(host.getFacts().getName()),
                                    HostView.state(host),
                                    Cell.of(output.times().relative(host.getLastSeen())),
                                    Cell.orDash(HostView.system(host.getFacts())),
                                    HostView.security(host.getFacts()),
                                    Cell.of(host.getFacts().getPackages().getPendingCount()),
                                    host.getFacts().getReboot().getRequired()
                                            ? new Cell("required", Style.WARN)
                                            : new Cell("-", Style.DIM),
                                    Cell.orDash(Pairs.text(host.getFacts().getLabelsMap()))));
                    Agentless.known(app.api(), filter)
                            .getAssessmentsList()
                            .forEach(seen -> table.row(
                                    Cell.of(seen.getFacts().getName()),
                                    AssessView.state(seen),
                                    Cell.of(output.times().relative(seen.getSeenAt())),
                                    Cell.orDash(HostView.system(seen.getFacts())),
                                    AssessView.security(seen.getFacts()),
                                    AssessView.updates(seen.getFacts()),
                                    AssessView.reboot(seen.getFacts()),
                                    Cell.orDash(Pairs.text(seen.getFacts().getLabelsMap()))));
                    return output.list(
                            table.withoutEmpty("REBOOT", "LABELS"),
                            filter.isEmpty()
                                    ? "No hosts. Enrol one: drydock token create, then drydock-agent enroll on the host."
                                    : "No host matches " + filter);
                });
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows one host: identity, connection, system, what is pending.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host show web-01", "  drydock host show web-01 --output yaml"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Host host = get(name);
        print(host, output -> HostView.details(host, output));
        return 0;
    }

    @Command(
            name = "facts",
            description = "Shows what the host said of itself: disks, failed services, each pending update.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host facts web-01", "  drydock host facts web-01 --refresh"})
    int facts(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--refresh", description = "Have the agent ask its package manager for fresh lists first.")
                    boolean refresh) {
        if (refresh) {
            app.api()
                    .hosts()
                    .refreshFacts(RefreshFactsRequest.newBuilder().setName(name).build());
            app.output().hint("Asked " + name + " for fresh facts; they arrive when its package manager has answered.");
        }
        Host host = get(name);
        print(host, output -> HostView.facts(host, output));
        return 0;
    }

    @Command(
            name = "label",
            description = "Sets labels (KEY=VALUE) and removes them (KEY-).",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host label web-01 role=web tier=front", "  drydock host label web-01 tier-"})
    int label(
            @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
            @Parameters(
                            index = "1..*",
                            arity = "1..*",
                            paramLabel = "LABEL",
                            description = "KEY=VALUE to set, KEY- to remove.")
                    List<String> labels) {
        List<String> set = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        for (String label : labels) {
            if (label.contains("=")) {
                set.add(label);
            } else if (label.length() > 1 && label.endsWith("-")) {
                remove.add(label.substring(0, label.length() - 1));
            } else {
                throw CliException.usage(
                        "'" + label + "' is neither KEY=VALUE nor KEY-.", "Write role=web to set, role- to remove.");
            }
        }
        Host host = app.api()
                .hosts()
                .labelHost(LabelHostRequest.newBuilder()
                        .setName(name)
                        .putAllSet(Pairs.parse("label", set))
                        .addAllRemove(remove)
                        .build());
        print(host, output -> {
            String now = Pairs.text(host.getFacts().getLabelsMap());
            return List.of(host.getFacts().getName() + ": " + (now.isEmpty() ? "no labels" : now));
        });
        return 0;
    }

    @Command(
            name = "drain",
            description = "Gives a host no new runs, until --undo. What runs on it goes on.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host drain db-01", "  drydock host drain db-01 --undo"})
    int drain(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--undo", description = "Give it runs again.") boolean undo) {
        Host host = app.api()
                .hosts()
                .drainHost(DrainHostRequest.newBuilder()
                        .setName(name)
                        .setUndo(undo)
                        .build());
        print(
                host,
                output -> List.of(
                        host.getFacts().getName() + (host.getDrained() ? " gets no new runs." : " gets runs again.")));
        return 0;
    }

    @Command(
            name = "clear-clone",
            description =
                    "Takes back that a host is cloned, once the copy has an identity of its own. It gets runs again.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host clear-clone web-07"})
    int clearClone(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Host host = app.api()
                .hosts()
                .clearClone(ClearCloneRequest.newBuilder().setName(name).build());
        print(host, output -> List.of(host.getFacts().getName() + " is no longer marked as cloned."));
        return 0;
    }

    @Command(
            name = "revoke",
            description = "Ends a host's identity and cuts its connection at once. To come back it must enrol anew.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock host revoke web-07", "  drydock host revoke web-07 --yes"})
    int revoke(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Revoke the identity of " + name + "? It must enrol anew to come back.");
        Host host = app.api()
                .hosts()
                .revokeHost(RevokeHostRequest.newBuilder().setName(name).build());
        print(host, output -> List.of("The identity of " + host.getFacts().getName() + " is revoked."));
        return 0;
    }

    @Command(
            name = "bootstrap",
            description = {
                "Takes machines from nothing but sshd to enrolled and connected: logs in, looks, ships the agent, installs it,"
                        + " enrols it with a token of its own, and waits until the controller sees it.",
                "Does only what is missing, so it can be run again. Host keys are never believed blindly."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock host bootstrap -f hosts.yaml --ssh-user admin --become sudo \\",
                "      --package drydock-agent_*_amd64.deb --check",
                "  drydock host bootstrap -f hosts.yaml --ssh-user admin --become sudo --ask-sudo-password \\",
                "      --package drydock-agent_*_amd64.deb --package drydock-agent-*.x86_64.rpm",
                "  drydock host bootstrap -f hosts.yaml --only web-01 --package drydock-agent_*_amd64.deb"
            })
    int bootstrap(@Mixin SshOptions ssh, @Mixin BootstrapOptions options) {
        return new HostBootstrap(app).run(ssh, options);
    }

    private Host get(String name) {
        return app.api()
                .hosts()
                .getHost(GetHostRequest.newBuilder().setName(name).build());
    }

    private void print(Host host, java.util.function.Function<Output, List<String>> forPeople) {
        Output output = app.output();
        output.answer(host, List.of(host.getFacts().getName()), () -> forPeople.apply(output));
    }
}
