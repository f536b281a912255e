package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.CreateReportScheduleRequest;
import dev.drydock.proto.v1.CreateReportScheduleResponse;
import dev.drydock.proto.v1.DeleteReportScheduleRequest;
import dev.drydock.proto.v1.GetReportScheduleRequest;
import dev.drydock.proto.v1.ListReportSchedulesRequest;
import dev.drydock.proto.v1.ListReportSchedulesResponse;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import dev.drydock.proto.v1.RunReportScheduleRequest;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock report schedule}. */
@Command(
        name = "schedule",
        description = "Reports that are made at their times and sent by mail and webhook.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock report schedule list", "  drydock report schedule run board"})
public final class ReportScheduleCommands {
    private static final String NAME = "The schedule's name.";

    private final App app;

    public ReportScheduleCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a report schedule. Each report shows what you may see at the time of sending, and is refused when you may"
                        + " not see it any more."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock report schedule create board --rrule 'FREQ=WEEKLY;BYDAY=MO' --start 2026-11-30T07:00 \\",
                "      --zone Europe/Berlin --mail board@example.com",
                "  drydock report schedule create shop --contract shop --format html \\",
                "      --rrule 'FREQ=MONTHLY;BYMONTHDAY=1' --start 2026-12-01T08:00 --team shop",
                "  drydock report schedule create gate --filter 'host.labels.role == \"web\"' --format junit \\",
                "      --rrule FREQ=DAILY --start 2026-12-01T05:00 --webhook https://ci.example.com/drydock"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ReportScheduleFlags flags,
            @Option(names = "--paused", description = "Send nothing by itself yet.") boolean paused) {
        return answer(app.api()
                .reportSchedules()
                .createReportSchedule(CreateReportScheduleRequest.newBuilder()
                        .setName(name)
                        .setSpec(flags.over(
                                ReportScheduleSpec.newBuilder()
                                        .setPaused(paused)
                                        .build(),
                                app))
                        .setWebhookSecret(flags.secret(app))
                        .build()));
    }

    private int answer(CreateReportScheduleResponse made) {
        ReportSchedule schedule = made.getSchedule();
        Output output = app.output();
        boolean secret = !made.getWebhookSecret().isEmpty();
        output.answer(made, List.of(secret ? made.getWebhookSecret() : schedule.getName()), () -> {
            List<String> lines = new ArrayList<>(
                    List.of("Report schedule " + schedule.getName() + ": " + ReportScheduleView.what(schedule.getSpec())
                            + ", next " + ReportScheduleView.next(schedule, output) + "."));
            schedule.getWarningsList().forEach(warning -> lines.add("! " + warning));
            if (secret) {
                lines.add("key of the webhook's signatures: " + made.getWebhookSecret());
            }
            return lines;
        });
        if (secret) {
            output.hint("The key is shown only now; the receiver checks the header webhook-signature with it.");
        }
        output.hint("To send one now: drydock report schedule run " + schedule.getName());
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            description = "Lists report schedules: yours, and others' where you see the whole fleet.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule list", "  drydock report schedule list --output json"})
    int list() {
        ListReportSchedulesResponse found =
                app.api().reportSchedules().listReportSchedules(ListReportSchedulesRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(
                found,
                found.getSchedulesList().stream().map(ReportSchedule::getName).toList(),
                () -> {
                    Table table = Table.of("NAME", "REPORT", "TO", "OWNER", "NEXT", "LAST");
                    found.getSchedulesList()
                            .forEach(one -> table.row(
                                    Cell.of(one.getName()),
                                    Cell.of(ReportScheduleView.what(one.getSpec())),
                                    Cell.of(ReportScheduleView.recipients(one.getSpec())),
                                    Cell.of(one.getOwner()),
                                    Cell.of(ReportScheduleView.next(one, output)),
                                    ReportScheduleView.last(one, output)));
                    return output.list(table, "No report schedules. Make one with drydock report schedule create.");
                });
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one report schedule, and what became of the last reports.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule show board", "  drydock report schedule show board --output yaml"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        ReportSchedule schedule = find(name);
        Output output = app.output();
        output.answer(schedule, List.of(name), () -> ReportScheduleView.whole(schedule, output));
        return ExitCode.DONE;
    }

    private ReportSchedule find(String name) {
        return app.api()
                .reportSchedules()
                .getReportSchedule(
                        GetReportScheduleRequest.newBuilder().setName(name).build());
    }

    @Command(
            name = "edit",
            description = "Changes one of your report schedules. What is not given stays as it is.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock report schedule edit board --mail board@example.com --mail audit@example.com",
                "  drydock report schedule edit board --format html --start 2026-12-07T06:00"
            })
    int edit(@Parameters(paramLabel = "NAME", description = NAME) String name, @Mixin ReportScheduleFlags flags) {
        ReportSchedule there = find(name);
        return answer(update(there, flags.over(there.getSpec(), app), flags.secret(app)));
    }

    private CreateReportScheduleResponse update(ReportSchedule there, ReportScheduleSpec spec, String secret) {
        return app.api()
                .reportSchedules()
                .updateReportSchedule(UpdateReportScheduleRequest.newBuilder()
                        .setName(there.getName())
                        .setSpec(spec)
                        .setWebhookSecret(secret)
                        .setEtag(there.getEtag())
                        .build());
    }

    @Command(
            name = "pause",
            description = "Sends nothing by itself until it is resumed. What is due meanwhile is not made up for.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule pause board", "  drydock report schedule resume board"})
    int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return paused(name, true);
    }

    @Command(
            name = "resume",
            description = "Lets a paused report schedule go on with its next time.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule resume board", "  drydock report schedule show board"})
    int resume(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return paused(name, false);
    }

    private int paused(String name, boolean paused) {
        ReportSchedule there = find(name);
        CreateReportScheduleResponse made =
                update(there, there.getSpec().toBuilder().setPaused(paused).build(), "");
        Output output = app.output();
        output.answer(
                made,
                List.of(name),
                () -> List.of(
                        paused
                                ? "Report schedule " + name + " is paused."
                                : "Report schedule " + name + " goes on, next "
                                        + ReportScheduleView.next(made.getSchedule(), output) + "."));
        return ExitCode.DONE;
    }

    @Command(
            name = "run",
            description = "Makes and sends a report now. The times of the schedule stay as they are.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule run board", "  drydock report schedule show board"})
    int run(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        ReportSending sending = app.api()
                .reportSchedules()
                .runReportSchedule(
                        RunReportScheduleRequest.newBuilder().setName(name).build());
        Output output = app.output();
        boolean refused = sending.getState() == ReportSendingState.REPORT_REFUSED;
        output.answer(
                sending,
                List.of(sending.getFileName()),
                () -> List.of(
                        refused
                                ? "Not made: " + sending.getProblem()
                                : sending.getFileName() + " is on its way: " + sending.getSummary()));
        output.hint("What becomes of it: drydock report schedule show " + name);
        return refused ? ExitCode.REFUSED : ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Deletes a report schedule. What it was to send and has not yet is given up.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock report schedule delete board", "  drydock report schedule delete board --yes"})
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Delete report schedule " + name + "?");
        var deleted = app.api()
                .reportSchedules()
                .deleteReportSchedule(
                        DeleteReportScheduleRequest.newBuilder().setName(name).build());
        app.output().answer(deleted, List.of(name), () -> List.of("Report schedule " + name + " is deleted."));
        return ExitCode.DONE;
    }
}
