package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportScheduleSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a report schedule is to be: the same for making one and for changing one. What is not given stays as it is. */
final class ReportScheduleFlags {
    private static final String NONE = "none";
    private static final String FORMAT = "DOCUMENT_";

    @Option(
            names = "--contract",
            paramLabel = "NAME",
            description = "The report of this contract, of the calendar month before. Default: the compliance report.")
    @Nullable
    String contract;

    @Option(
            names = "--filter",
            paramLabel = "CEL",
            description = "Compliance of these hosts only: an expression over 'host'. Default: all that you may see.")
    @Nullable
    String filter;

    @Option(names = "--format", paramLabel = "FORMAT", description = "pdf, html, csv, json or junit. Default: pdf.")
    @Nullable
    String format;

    @Option(
            names = "--rrule",
            paramLabel = "RULE",
            description = "How it recurs (RFC 5545), for example 'FREQ=WEEKLY;BYDAY=MO'. Default, and none: once.")
    @Nullable
    String rrule;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "The first time, local in the zone: 2026-11-30T07:00.")
    @Nullable
    String start;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "IANA time zone, for example Europe/Berlin. Default: that of this machine.")
    @Nullable
    String zone;

    @Option(
            names = "--mail",
            paramLabel = "ADDRESS",
            description = "Who gets it by mail; may be given more than once. none: nobody.")
    @Nullable
    List<String> mail;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description =
                    "Who gets it by HTTP POST, signed: https, or http on the controller's own machine. none: nobody.")
    @Nullable
    String webhook;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description =
                    "Its first line is the key of the signatures (24 to 64 bytes in Base64); - reads standard input."
                            + " Default: the one that it has, else the controller makes one and it is printed, once.")
    @Nullable
    String secretFile;

    @Option(
            names = "--team",
            paramLabel = "NAME",
            description = "All addresses of this team; may be given more than once. none: no team.")
    @Nullable
    List<String> teams;

    ReportScheduleSpec over(ReportScheduleSpec there, App app) {
        ReportScheduleSpec.Builder spec = there.toBuilder();
        if (contract != null) {
            boolean compliance = contract.equals(NONE);
            spec.setKind(compliance ? ReportKind.REPORT_COMPLIANCE : ReportKind.REPORT_CONTRACT)
                    .setContract(compliance ? "" : contract);
            if (!compliance) {
                spec.clearFilter();
            }
        }
        if (filter != null) {
            spec.setFilter(filter);
        }
        if (format != null) {
            spec.setFormat(format(format));
        }
        if (rrule != null) {
            spec.setRrule(orNothing(rrule));
        }
        if (start != null) {
            spec.setStart(start);
        }
        if (zone != null || there.getZone().isEmpty()) {
            spec.setZone(
                    WindowStart.zone(zone, app.environment().clock().getZone()).getId());
        }
        if (mail != null) {
            spec.clearMail().addAllMail(orNobody(mail));
        }
        if (webhook != null) {
            spec.setWebhook(orNothing(webhook));
        }
        if (teams != null) {
            spec.clearTeams().addAllTeams(orNobody(teams));
        }
        return spec.build();
    }

    String secret(App app) {
        return secretFile == null ? "" : TeamHearing.secret(app, "--webhook-secret-file", secretFile, "the key");
    }

    private static String orNothing(String given) {
        return given.equals(NONE) ? "" : given;
    }

    private static List<String> orNobody(List<String> given) {
        return given.equals(List.of(NONE)) ? List.of() : given;
    }

    /** {@code pdf}. */
    static String word(DocumentFormat format) {
        return format.name().replaceFirst("^" + FORMAT, "").toLowerCase(Locale.ROOT);
    }

    private static DocumentFormat format(String written) {
        for (DocumentFormat format : DocumentFormat.values()) {
            if (format.name().startsWith(FORMAT)
                    && format != DocumentFormat.DOCUMENT_FORMAT_UNSPECIFIED
                    && word(format).equals(written.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw CliException.usage("--format: '" + written + "' is no format.", "Write pdf, html, csv, json or junit.");
    }
}
