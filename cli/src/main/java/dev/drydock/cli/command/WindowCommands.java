package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.GetWindowRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.Window;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock window}. */
@Command(
        name = "window",
        description = "Maintenance windows: when hosts may be changed.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock window list", "  drydock window next sunday-night"})
public final class WindowCommands {
    private static final String NAME = "The window's name.";

    private final App app;

    public WindowCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a window: a first opening in a time zone, and how it recurs (RFC 5545 RRULE).",
                "Without --rrule it opens once."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock window create sunday-night --rrule 'FREQ=WEEKLY;BYDAY=SU' --start 2026-11-29T02:00 \\",
                "      --zone Asia/Tokyo --duration 3h --cutoff 45m",
                "  drydock window create patch-day --rrule 'FREQ=MONTHLY;BYDAY=2TU' --start 2026-12-08T22:00 \\",
                "      --zone Europe/Berlin --duration 6h --calendar black-friday --calendar holidays",
                "  drydock window create tonight --start 2026-11-24T23:00 --duration 2h",
                "  drydock window create now --now --duration 1h"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--start",
                            paramLabel = "TIME",
                            description = "First opening, local time in the zone: 2026-11-29T02:00.")
                    @Nullable
                    String start,
            @Option(names = "--now", description = "Open at once, for --duration, and never again.") boolean now,
            @Option(
                            names = "--rrule",
                            paramLabel = "RULE",
                            description = "How it recurs, for example 'FREQ=MONTHLY;BYDAY=2TU'.")
                    @Nullable
                    String rrule,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            description = "IANA time zone, for example Asia/Tokyo. Default: that of this machine.")
                    @Nullable
                    String zone,
            @Option(
                            names = "--duration",
                            required = true,
                            paramLabel = "DURATION",
                            description = "How long it stays open, for example 3h.")
                    String duration,
            @Option(
                            names = "--cutoff",
                            paramLabel = "DURATION",
                            defaultValue = "0s",
                            description = "No run starts in this last part of it. Default: 0s.")
                    String cutoff,
            @Option(
                            names = "--reserve",
                            paramLabel = "DURATION",
                            description =
                                    "How long after its close a run may still report (a reboot, a way back) before it"
                                            + " counts as lost. Default: 15m.")
                    @Nullable
                    String reserve,
            @Option(
                            names = "--calendar",
                            paramLabel = "NAME",
                            description = "Does not open in this calendar's blackouts. Repeatable.")
                    @Nullable
                    List<String> calendars,
            @Option(
                            names = "--hosts",
                            paramLabel = "CEL",
                            description =
                                    "Which hosts it is for, for example 'host.labels.role == \"db\"'. Rollouts in it take no"
                                            + " others. Default: all.")
                    @Nullable
                    String hosts,
            @Option(names = "--exclusive", description = "No other window with --hosts may have any of its hosts.")
                    boolean exclusive,
            @Option(names = "--replace", description = "Put it in the place of the window of that name.")
                    boolean replace) {
        ZoneId zoneId = WindowStart.zone(zone, app.environment().clock().getZone());
        Window.Builder window = Window.newBuilder()
                .setName(name)
                .setRrule(Options.orEmpty(rrule))
                .setStart(WindowStart.resolve(
                        start, now, rrule, zoneId, app.environment().clock()))
                .setZone(zoneId.getId())
                .setDuration(Times.message(Options.duration("--duration", duration)))
                .setCutoff(Times.message(Options.duration("--cutoff", cutoff)))
                .addAllCalendars(Options.all(calendars))
                .setHosts(Options.orEmpty(hosts))
                .setExclusive(exclusive);
        if (reserve != null) {
            window.setReserve(Times.message(Options.duration("--reserve", reserve)));
        }
        Window created = app.api()
                .windows()
                .createWindow(CreateWindowRequest.newBuilder()
                        .setWindow(window)
                        .setReplace(replace)
                        .build());
        Output output = app.output();
        output.answer(
                created,
                List.of(created.getName()),
                () -> List.of("Window " + created.getName() + ": " + WindowView.recurrence(created) + ", "
                        + Units.text(Times.duration(created.getDuration())) + " from " + created.getStart() + " "
                        + created.getZone() + "."));
        output.hint("Its openings: drydock window next " + created.getName());
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the windows.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock window list", "  drydock window list --output json"})
    int list() {
        ListWindowsResponse windows = Pages.all(
                ListWindowsRequest.getDefaultInstance(),
                app.api().windows()::listWindows,
                ListWindowsResponse::getNextPageToken);
        Output output = app.output();
        output.answer(
                windows, windows.getWindowsList().stream().map(Window::getName).toList(), () -> {
                    Table table = Table.of("NAME", "RECURS", "START", "ZONE", "DURATION", "CUTOFF", "SHUT IN");
                    windows.getWindowsList()
                            .forEach(window -> table.row(
                                    window.getName(),
                                    WindowView.recurrence(window),
                                    window.getStart(),
                                    window.getZone(),
                                    Units.text(Times.duration(window.getDuration())),
                                    Units.text(Times.duration(window.getCutoff())),
                                    String.join(", ", window.getCalendarsList())));
                    return output.list(table, "No windows. Make one with drydock window create.");
                });
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows one window and its next openings.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock window show sunday-night", "  drydock window show sunday-night --output yaml"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Window window = window(name);
        Output output = app.output();
        output.answer(window, List.of(window.getName()), () -> {
            List<String> lines = new ArrayList<>(WindowView.whole(window, output));
            lines.add("");
            lines.addAll(WindowView.openings(window, nextOpenings(name, 3), output));
            return lines;
        });
        return 0;
    }

    @Command(
            name = "next",
            description =
                    "Shows a window's next openings, in its zone and in yours, and those that fall to a calendar.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock window next sunday-night", "  drydock window next sunday-night --count 12 --utc"})
    int next(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--count", paramLabel = "N", defaultValue = "5", description = "How many. Default: 5.")
                    int count) {
        Output output = app.output();
        NextOpeningsResponse openings = nextOpenings(name, count);
        output.answer(
                openings,
                openings.getOpeningsList().stream()
                        .map(opening -> Times.instant(opening.getOpens()).toString())
                        .toList(),
                () -> WindowView.openings(window(name), openings, output));
        return 0;
    }

    @Command(
            name = "simulate",
            description = {
                "Shows all that a window's rule gives in a span of time: what happens, what is cut or lost to which"
                        + " calendar, and what daylight saving does.",
                "Times without an offset are of the window's zone."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock window simulate sunday-night --from 2026-11-01 --to 2027-11-01",
                "  drydock window simulate sunday-night --to 2027-04-01T00:00 --output json"
            })
    int simulate(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--from", paramLabel = "TIME", description = "Where it begins. Default: now.") @Nullable
                    String from,
            @Option(
                            names = "--to",
                            paramLabel = "TIME",
                            description = "Where it ends, not included. Default: a year after.")
                    @Nullable
                    String to) {
        return new WindowSharing(app).simulate(window(name), from, to);
    }

    @Command(
            name = "delete",
            description = "Deletes a window. Rollouts that were made with it keep it.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock window delete sunday-night", "  drydock window delete sunday-night --yes"})
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Delete window " + name + "?");
        var deleted = app.api()
                .windows()
                .deleteWindow(DeleteWindowRequest.newBuilder().setName(name).build());
        app.output().answer(deleted, List.of(name), () -> List.of("Window " + name + " is deleted."));
        return 0;
    }

    @Command(
            name = "export",
            description = {
                "Writes a window's openings as iCalendar to standard output: a month back, two years ahead, blackouts taken"
                        + " out.",
                "Each opening is an event of its own, so that every program shows what hosts go by."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock window export sunday-night > sunday-night.ics", "  drydock window export --all"})
    int export(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = NAME) @Nullable String name,
            @Option(names = "--all", description = "All windows, in one file.") boolean all) {
        return new WindowSharing(app).export(WindowSharing.oneOrAll(name, all));
    }

    @Command(
            name = "feed",
            description = {
                "Makes a link that calendar programs subscribe to: what window export writes, always as it is now.",
                "Whoever has the link can read it; it is shown once. Other links of the window stay."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock window feed sunday-night",
                "  drydock window feed --all",
                "  drydock window feed sunday-night --revoke"
            })
    int feed(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = NAME) @Nullable String name,
            @Option(names = "--all", description = "All windows, in one calendar.") boolean all,
            @Option(names = "--revoke", description = "Take back all links to it instead.") boolean revoke) {
        return new WindowSharing(app).feed(WindowSharing.oneOrAll(name, all), revoke);
    }

    private Window window(String name) {
        return app.api()
                .windows()
                .getWindow(GetWindowRequest.newBuilder().setName(name).build());
    }

    private NextOpeningsResponse nextOpenings(String name, int count) {
        return app.api()
                .windows()
                .nextOpenings(NextOpeningsRequest.newBuilder()
                        .setName(name)
                        .setCount(count)
                        .build());
    }
}
