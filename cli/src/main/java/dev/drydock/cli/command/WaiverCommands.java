package dev.drydock.cli.command;

import com.google.protobuf.Timestamp;
import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.ApproveWaiverRequest;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.GetWaiverRequest;
import dev.drydock.proto.v1.ListWaiversRequest;
import dev.drydock.proto.v1.ListWaiversResponse;
import dev.drydock.proto.v1.RevokeWaiverRequest;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock waiver}. */
@Command(
        name = "waiver",
        description = "Waivers: what is let pass on some hosts for a time, and who said so.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock waiver list", "  drydock waiver approve ssh-legacy"})
public final class WaiverCommands {
    private static final String NAME = "The waiver's name.";

    private final App app;

    public WaiverCommands(App app) {
        this.app = app;
    }

    /** Which waivers to list. */
    enum Only {
        ASKED,
        STANDING,
        EXPIRED,
        REVOKED
    }

    @Command(
            name = "create",
            description = {
                "Asks for a waiver of a policy's rule, a CVE or a package (its updates and what they mend) on some hosts.",
                "It counts once another person has approved it. What it hides stays in every report, beside its name."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock waiver create ssh-legacy --cve CVE-2024-6387 --hosts 'host.labels.role == \"legacy\"' \\",
                "      --reason 'not reachable from outside; replaced in January' --expires 60d",
                "  drydock waiver create lab-backups --rule web/backup --hosts 'host.labels.env == \"lab\"' \\",
                "      --reason 'nothing there is worth keeping' --expires 2027-06-30"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--rule", paramLabel = "POLICY/RULE", defaultValue = "", description = "This rule.")
                    String rule,
            @Option(names = "--cve", paramLabel = "CVE", defaultValue = "", description = "This vulnerability.")
                    String cve,
            @Option(
                            names = "--package",
                            paramLabel = "PACKAGE",
                            defaultValue = "",
                            description = "Updates of this package, and the vulnerabilities that they mend.")
                    String packageName,
            @Option(
                            names = "--hosts",
                            required = true,
                            paramLabel = "CEL",
                            description = "On these hosts: CEL over host; true for all.")
                    String hosts,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why it may be let pass.")
                    String reason,
            @Option(
                            names = "--expires",
                            required = true,
                            paramLabel = "WHEN",
                            description =
                                    "A duration from now such as 30d, or the last day such as 2026-12-31; at most 366 days.")
                    String expires) {
        Waiver waiver = app.api()
                .waivers()
                .createWaiver(CreateWaiverRequest.newBuilder()
                        .setName(name)
                        .setRule(rule)
                        .setCve(cve)
                        .setPackage(packageName)
                        .setHosts(hosts)
                        .setReason(reason)
                        .setExpiresAt(expires(expires))
                        .build());
        answer(waiver);
        app.output().hint("It counts once another person has approved it: drydock waiver approve " + name);
        return ExitCode.DONE;
    }

    /** The last day counts in full, in this zone. */
    private Timestamp expires(String text) {
        Times times = app.times();
        Optional<Duration> duration = Units.duration(text);
        if (duration.isPresent()) {
            return Times.message(times.now().plus(duration.get()));
        }
        try {
            return Times.message(
                    LocalDate.parse(text).plusDays(1).atStartOfDay(times.zone()).toInstant());
        } catch (DateTimeParseException e) {
            throw CliException.usage(
                    "--expires '" + text + "' is neither a duration nor a day.",
                    "Write for example 30d, or 2026-12-31.");
        }
    }

    private void answer(Waiver waiver) {
        Output output = app.output();
        output.answer(waiver, List.of(waiver.getName()), () -> WaiverView.lines(waiver, output));
    }

    @Command(
            name = "approve",
            description = "Approves a waiver that another person asked for. It counts from then on, until it expires.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock waiver show ssh-legacy", "  drydock waiver approve ssh-legacy"})
    int approve(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        answer(app.api()
                .waivers()
                .approveWaiver(ApproveWaiverRequest.newBuilder().setName(name).build()));
        return ExitCode.DONE;
    }

    @Command(
            name = "revoke",
            description = "Ends a waiver now, or turns down one that was asked for. It stays on record.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock waiver revoke ssh-legacy", "  drydock waiver revoke ssh-legacy --yes"})
    int revoke(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Revoke waiver " + name + "? What it lets pass counts again at once.");
        answer(app.api()
                .waivers()
                .revokeWaiver(RevokeWaiverRequest.newBuilder().setName(name).build()));
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            description = "Lists the waivers, those that are over too.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock waiver list", "  drydock waiver list --state standing"})
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only those that are: ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    Only state) {
        ListWaiversRequest.Builder request = ListWaiversRequest.newBuilder();
        if (state != null) {
            request.setState(
                    switch (state) {
                        case ASKED -> WaiverState.WAIVER_ASKED;
                        case STANDING -> WaiverState.WAIVER_STANDING;
                        case EXPIRED -> WaiverState.WAIVER_EXPIRED;
                        case REVOKED -> WaiverState.WAIVER_REVOKED;
                    });
        }
        ListWaiversResponse page = app.api().waivers().listWaivers(request.build());
        ListWaiversResponse.Builder waivers = page.toBuilder();
        while (!page.getNextPageToken().isEmpty()) {
            page = app.api()
                    .waivers()
                    .listWaivers(request.setPageToken(page.getNextPageToken()).build());
            waivers.addAllWaivers(page.getWaiversList());
        }
        waivers.clearNextPageToken();
        Output output = app.output();
        output.answer(
                waivers,
                waivers.getWaiversList().stream().map(Waiver::getName).toList(),
                () -> output.list(WaiverView.table(waivers.getWaiversList(), output.times()), "No waivers."));
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows what a waiver lets pass, why, until when, and who said so.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock waiver show ssh-legacy", "  drydock waiver show ssh-legacy --output json"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        answer(app.api()
                .waivers()
                .getWaiver(GetWaiverRequest.newBuilder().setName(name).build()));
        return ExitCode.DONE;
    }
}
