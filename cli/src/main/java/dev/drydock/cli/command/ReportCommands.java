package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutReportResponse;
import dev.drydock.proto.v1.Run;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock report}. */
@Command(
        name = "report",
        description = "Reports: where the fleet stands, what a rollout did, what was counted against a contract.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock report compliance", "  drydock report rollout web-0001"})
public final class ReportCommands {
    private static final String FILE =
            "Where to write the file of --output csv, junit, html or pdf; it must not be there"
                    + " yet. Default: standard output.";

    /** Every rule of every host of a large fleet. */
    private static final int LARGEST_FILE = 512 * 1024 * 1024;

    private final App app;

    public ReportCommands(App app) {
        this.app = app;
    }

    /** What makes the call fail. */
    enum FailOn {
        /** A host is late by a policy. */
        LATE,
        /** A host is late, or it cannot be told. */
        UNKNOWN
    }

    @Command(
            name = "compliance",
            description = {
                "How hosts stand: by security updates and a grace time, and by their policies; how fast vulnerabilities are"
                        + " mended, which waivers let what pass, and what each rollout did.",
                "STATE: a host is late when a security update is pending for longer than the grace time. BY POLICY: the rules that"
                        + " hosts do not keep."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock report compliance",
                "  drydock report compliance --filter 'host.labels.role == \"web\"' --grace 3d",
                "  drydock report compliance --output csv > compliance.csv",
                "  drydock report compliance --output junit --fail-on late > compliance.xml",
                "  drydock report compliance --output pdf --file compliance.pdf"
            })
    int compliance(
            @Option(
                            names = "--filter",
                            paramLabel = "CEL",
                            defaultValue = "",
                            description = "Only hosts for which this expression over 'host' is true.")
                    String filter,
            @Option(
                            names = "--grace",
                            paramLabel = "DURATION",
                            defaultValue = "7d",
                            description = "How long a security update may be pending. Default: 7d.")
                    String grace,
            @Option(
                            names = "--fail-on",
                            paramLabel = "STATE",
                            description =
                                    "Exit with 1 when a host is late by a policy (late), or is late or cannot be told"
                                            + " (unknown).")
                    @Nullable
                    FailOn failOn,
            @Option(names = "--file", paramLabel = "FILE", description = FILE) @Nullable Path file) {
        ReportFile document = new ReportFile(app, file);
        Optional<DocumentFormat> format = document.format();
        if (format.isPresent()) {
            RenderComplianceReportResponse made = app.api()
                    .reports()
                    .withMaxInboundMessageSize(LARGEST_FILE)
                    .renderComplianceReport(RenderComplianceReportRequest.newBuilder()
                            .setFilter(filter)
                            .setGrace(Times.message(Options.duration("--grace", grace)))
                            .setFormat(format.get())
                            .setZone(app.times().zone().getId())
                            .build());
            document.write(made.getContent());
            return failOn != null && fails(failOn, made.hasVerdict(), made.getVerdict())
                    ? ExitCode.FAILED
                    : ExitCode.DONE;
        }
        ComplianceReportResponse report = ComplianceReading.all(
                app.api(),
                ComplianceReportRequest.newBuilder()
                        .setFilter(filter)
                        .setGrace(Times.message(Options.duration("--grace", grace)))
                        .build());
        Output output = app.output();
        output.answer(
                report,
                report.getRowsList().stream().map(HostCompliance::getHost).toList(),
                () -> ComplianceView.lines(report, output));
        return failOn != null && fails(failOn, report.hasVerdict(), report.getVerdict())
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    /** @param told false: the controller does not know how to say it, and that is not taken for all being well */
    private static boolean fails(FailOn failOn, boolean told, ComplianceVerdict verdict) {
        if (!told) {
            throw CliException.failed(
                    "The controller is older than this command and does not say how many hosts are late.",
                    "Update the controller.");
        }
        return verdict.getLate() > 0 || failOn == FailOn.UNKNOWN && verdict.getUnknown() > 0;
    }

    @Command(
            name = "rollout",
            description =
                    "What a rollout did on each host: changes, and for those rolled back why and how it was verified.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report rollout web-0001", "  drydock report rollout web-0001 --output csv"})
    int rollout(@Parameters(paramLabel = "NAME", description = "The rollout's name.") String name) {
        RolloutReportResponse report = app.api()
                .reports()
                .rolloutReport(
                        RolloutReportRequest.newBuilder().setRollout(name).build());
        Output output = app.output();
        output.answer(
                report,
                report.getRunsList().stream().map(Run::getId).toList(),
                () -> RolloutReportView.lines(report, output),
                () -> RolloutReportView.csv(report));
        return ExitCode.DONE;
    }

    @Command(
            name = "contract",
            description = {
                "What was counted against a service contract: incidents, changes, which promises were met or missed, what"
                        + " was out of scope or is charged apart."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock report contract shop --from 2026-10-01 --to 2027-01-01",
                "  drydock report contract shop --from 2026-11-01 --to 2026-12-01 --output csv",
                "  drydock report contract shop --from 2026-11-01 --to 2026-12-01 --output pdf --file shop.pdf"
            })
    int contract(
            @Parameters(paramLabel = "NAME", description = "The contract's name.") String name,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "TIME",
                            description = "A day, or a time: 2026-10-01, 2026-10-01T06:00.")
                    String from,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "TIME",
                            description = "The end, which is not in it: 2027-01-01 is to the end of December.")
                    String to,
            @Option(names = "--file", paramLabel = "FILE", description = FILE) @Nullable Path file) {
        ZoneId zone = app.times().zone();
        ReportFile document = new ReportFile(app, file);
        Optional<DocumentFormat> format = document.format();
        if (format.isPresent()) {
            document.write(app.api()
                    .reportSchedules()
                    .withMaxInboundMessageSize(LARGEST_FILE)
                    .renderContractReport(RenderContractReportRequest.newBuilder()
                            .setContract(name)
                            .setFrom(Times.message(WindowStart.instant("--from", from, zone)))
                            .setTo(Times.message(WindowStart.instant("--to", to, zone)))
                            .setFormat(format.get())
                            .setZone(zone.getId())
                            .build())
                    .getContent());
            return ExitCode.DONE;
        }
        ContractReportResponse report = app.api()
                .contracts()
                .contractReport(ContractReportRequest.newBuilder()
                        .setContract(name)
                        .setFrom(Times.message(WindowStart.instant("--from", from, zone)))
                        .setTo(Times.message(WindowStart.instant("--to", to, zone)))
                        .build());
        Output output = app.output();
        output.answer(
                report,
                report.getIncidentsList().stream().map(Incident::getId).toList(),
                () -> ContractView.report(report, output));
        return ExitCode.DONE;
    }
}
