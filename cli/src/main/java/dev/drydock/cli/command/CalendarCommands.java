package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.CreateCalendarRequest;
import dev.drydock.proto.v1.DeleteCalendarRequest;
import dev.drydock.proto.v1.ExportCalendarRequest;
import dev.drydock.proto.v1.GetCalendarRequest;
import dev.drydock.proto.v1.ListCalendarsRequest;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.RefreshCalendarRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock calendar}. */
@Command(
        name = "calendar",
        description = "Calendars of blackouts: when nothing may be changed, whatever a window says.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock calendar list", "  drydock calendar show black-friday"})
public final class CalendarCommands {
    private static final String NAME = "The calendar's name.";

    private final App app;

    public CalendarCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a calendar of an iCalendar file, of one that the controller fetches, or of dates.",
                "Windows name it (drydock window create --calendar) and do not open in it, also for rollouts made before."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock calendar create black-friday --dates 2026-11-23/2026-11-30,2026-12-25 \\",
                "      --timezone Europe/Berlin",
                "  drydock calendar create holidays --url https://calendars.example.com/de.ics",
                "  drydock calendar create freeze --file freeze.ics --replace"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "An iCalendar file (.ics); - reads standard input.")
                    @Nullable
                    String file,
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            description =
                                    "Where the controller fetches one, again every four hours: https, or http on its"
                                            + " own machine.")
                    @Nullable
                    String url,
            @Option(
                            names = "--dates",
                            paramLabel = "DATES",
                            description =
                                    "Days and spans of days with both ends: 2026-11-04/2026-11-11,2026-12-25; or times:"
                                            + " 2026-12-24T12:00/2026-12-27T06:00.")
                    @Nullable
                    String dates,
            @Option(
                            names = "--timezone",
                            paramLabel = "ZONE",
                            description = "IANA time zone of days and times without one. Default: that of each window.")
                    @Nullable
                    String timezone,
            @Option(names = "--replace", description = "Put it in the place of the calendar of that name.")
                    boolean replace) {
        if (Stream.of(file, url, dates).filter(given -> given != null).count() != 1) {
            throw CliException.usage("What the calendar holds is not clear.", "Give one of --file, --url and --dates.");
        }
        CreateCalendarRequest.Builder request = CreateCalendarRequest.newBuilder()
                .setName(name)
                .setTimezone(Options.orEmpty(timezone))
                .setReplace(replace);
        if (file != null) {
            request.setIcs(read(file));
        } else if (url != null) {
            request.setUrl(url);
        } else if (dates != null) {
            request.setDates(dates);
        }
        Calendar made = app.api().calendars().createCalendar(request.build());
        Output output = app.output();
        output.answer(made, List.of(made.getName()), () -> CalendarView.made(made));
        output.hint("Windows that are to keep it: drydock window create … --calendar " + made.getName());
        return ExitCode.DONE;
    }

    private String read(String file) {
        Path path = Path.of(file);
        return LocalFiles.reading(
                "read",
                path,
                () -> file.equals("-") ? app.readInput() : Files.readString(path, StandardCharsets.UTF_8));
    }

    @Command(
            name = "list",
            description = "Lists the calendars, and since when any cannot be read.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock calendar list", "  drydock calendar list --output json"})
    int list() {
        ListCalendarsResponse calendars =
                app.api().calendars().listCalendars(ListCalendarsRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(
                calendars,
                calendars.getCalendarsList().stream().map(Calendar::getName).toList(),
                () -> {
                    Table table = Table.of("NAME", "EVENTS", "FROM", "TIME ZONE", "READ", "STATE");
                    calendars
                            .getCalendarsList()
                            .forEach(calendar -> table.row(
                                    calendar.getName(),
                                    String.valueOf(calendar.getEvents()),
                                    calendar.getSource().isEmpty() ? "given" : calendar.getSource(),
                                    CalendarView.zone(calendar),
                                    output.times().relative(calendar.getReadAt()),
                                    CalendarView.state(calendar, output.times())));
                    return output.list(table, "No calendars. Make one with drydock calendar create.");
                });
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one calendar, its next blackouts, and who names it.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock calendar show black-friday", "  drydock calendar show holidays --refresh"})
    int show(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--refresh", description = "Have the controller fetch it first, where it has a URL.")
                    boolean refresh) {
        Calendar calendar = refresh
                ? app.api()
                        .calendars()
                        .refreshCalendar(RefreshCalendarRequest.newBuilder()
                                .setName(name)
                                .build())
                : app.api()
                        .calendars()
                        .getCalendar(
                                GetCalendarRequest.newBuilder().setName(name).build());
        Output output = app.output();
        output.answer(calendar, List.of(calendar.getName()), () -> CalendarView.whole(calendar, output));
        return ExitCode.DONE;
    }

    @Command(
            name = "export",
            description = "Writes a calendar as iCalendar to standard output, as it was given or last read.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock calendar export black-friday > black-friday.ics"})
    int export(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        var exported = app.api()
                .calendars()
                .exportCalendar(ExportCalendarRequest.newBuilder().setName(name).build());
        app.output()
                .answer(exported, List.of(name), () -> exported.getIcs().lines().toList());
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Deletes a calendar. Refused while a window, or a rollout that has not ended, names it.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock calendar delete black-friday", "  drydock calendar delete black-friday --yes"})
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Delete calendar " + name + "?");
        var deleted = app.api()
                .calendars()
                .deleteCalendar(DeleteCalendarRequest.newBuilder().setName(name).build());
        app.output().answer(deleted, List.of(name), () -> List.of("Calendar " + name + " is deleted."));
        return ExitCode.DONE;
    }

    /** Calendars as people read them. */
    private static final class CalendarView {
        static List<String> made(Calendar calendar) {
            return List.of("Calendar " + calendar.getName() + ": "
                    + (Times.isSet(calendar.getReadAt())
                            ? calendar.getEvents() + (calendar.getEvents() == 1 ? " event." : " events.")
                            : "it could not be read, so windows that name it stay shut until it can: "
                                    + calendar.getProblem()));
        }

        static String zone(Calendar calendar) {
            return calendar.getTimezone().isEmpty() ? "each window's" : calendar.getTimezone();
        }

        static String state(Calendar calendar, Times times) {
            if (!Times.isSet(calendar.getReadAt())) {
                return "! never read: windows that name it stay shut";
            }
            return Times.isSet(calendar.getFailingSince())
                    ? "! cannot be read since " + times.at(calendar.getFailingSince()) + "; the last good copy holds"
                    : "ok";
        }

        static List<String> whole(Calendar calendar, Output output) {
            Table table = Table.plain();
            table.row("name", calendar.getName());
            table.row("from", calendar.getSource().isEmpty() ? "given" : calendar.getSource());
            table.row("time zone", zone(calendar));
            table.row("events", String.valueOf(calendar.getEvents()));
            table.row("read", output.times().atAndRelative(calendar.getReadAt()));
            table.row("state", state(calendar, output.times()));
            if (!calendar.getProblem().isEmpty()) {
                table.row("problem", calendar.getProblem());
            }
            table.row(
                    "named by",
                    calendar.getNamedByCount() == 0 ? "nobody" : String.join(", ", calendar.getNamedByList()));
            List<String> lines = new ArrayList<>(output.render(table));
            if (calendar.getBlackoutsCount() > 0) {
                Table blackouts = Table.of("FROM", "TO", "WHAT");
                calendar.getBlackoutsList()
                        .forEach(blackout -> blackouts.row(
                                output.times().at(blackout.getFrom()),
                                output.times().at(blackout.getTo()),
                                blackout.getSummary()));
                lines.add("");
                lines.addAll(output.render(blackouts));
            }
            return lines;
        }
    }
}
