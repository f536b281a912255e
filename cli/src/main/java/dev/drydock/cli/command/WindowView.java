package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.Blackout;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.SimulateWindowResponse;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.Window;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Windows and their openings as people read them. */
final class WindowView {
    private WindowView() {}

    static String recurrence(Window window) {
        return window.getRrule().isEmpty() ? "once" : window.getRrule();
    }

    static List<String> whole(Window window, Output output) {
        Table table = Table.plain();
        table.row("name", window.getName());
        table.row("recurs", recurrence(window));
        table.row("start", window.getStart() + " " + window.getZone());
        table.row("duration", Units.text(Times.duration(window.getDuration())));
        table.row("cutoff", Units.text(Times.duration(window.getCutoff())));
        if (window.hasReserve()) {
            table.row("reserve", Units.text(Times.duration(window.getReserve())));
        }
        if (window.getCalendarsCount() > 0) {
            table.row("shut in", String.join(", ", window.getCalendarsList()));
        }
        if (!window.getHosts().isEmpty()) {
            table.row("hosts", window.getHosts() + (window.getExclusive() ? " (exclusive)" : ""));
        }
        List<String> lines = new ArrayList<>(output.render(table));
        window.getConflictsList().forEach(conflict -> lines.add("! " + conflict + ": nothing starts there"));
        return lines;
    }

    /** The openings to come, then those that calendars take, then what is wrong with the calendars. */
    static List<String> openings(Window window, NextOpeningsResponse openings, Output output) {
        Table table = openingsTable(window, openings, output);
        List<String> lines =
                new ArrayList<>(output.list(table, "Window " + window.getName() + " does not open again."));
        if (openings.getLostCount() > 0) {
            lines.add("");
            openings.getLostList()
                    .forEach(lost -> lines.add("✗ " + Times.weekday(lost.getOpens(), ZoneId.of(window.getZone()))
                            + " does not happen: " + why(lost, window)));
        }
        warn(openings.getWarningsList(), lines);
        return lines;
    }

    private static Table openingsTable(Window window, NextOpeningsResponse openings, Output output) {
        ZoneId its = ZoneId.of(window.getZone());
        ZoneId yours = output.times().zone();
        boolean same = its.getRules().equals(yours.getRules());
        boolean cut = openings.getOpeningsList().stream()
                .anyMatch(opening -> !opening.getWhy().isEmpty());
        List<String> heads = new ArrayList<>(
                same
                        ? List.of("OPENS", "CLOSES", "LAST START", "IN")
                        : List.of("OPENS", "OPENS FOR YOU", "CLOSES", "LAST START", "IN"));
        if (cut) {
            heads.add("CUT BY");
        }
        Table table = Table.of(heads.toArray(String[]::new));
        for (Opening opening : openings.getOpeningsList()) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.of(Times.weekday(opening.getOpens(), its)));
            if (!same) {
                cells.add(Cell.of(Times.weekday(opening.getOpens(), yours)));
            }
            cells.add(Cell.of(Times.weekday(opening.getCloses(), its)));
            cells.add(Cell.of(Times.weekday(opening.getStartBefore(), its)));
            cells.add(Cell.of(
                    Times.instant(opening.getOpens()).isAfter(output.times().now())
                            ? output.times().relative(opening.getOpens())
                            : "open now"));
            if (cut) {
                cells.add(Cell.of(why(opening, window)));
            }
            table.row(cells.toArray(Cell[]::new));
        }
        return table;
    }

    static List<String> simulated(Window window, SimulateWindowResponse span, Output output) {
        ZoneId its = ZoneId.of(window.getZone());
        Table table = Table.of("OPENS", "CLOSES", "LAST START", "", "WHY");
        int lost = 0;
        for (SimulatedOpening one : span.getOpeningsList()) {
            boolean cut = one.hasOpening()
                    && !one.getOpening().getCloses().equals(one.getByRule().getCloses());
            Opening shown = one.hasOpening() ? one.getOpening() : one.getByRule();
            lost += one.hasOpening() ? 0 : 1;
            table.row(
                    Times.weekday(shown.getOpens(), its),
                    Times.weekday(shown.getCloses(), its),
                    Times.weekday(shown.getStartBefore(), its),
                    one.hasOpening() ? cut ? "cut" : "" : "lost",
                    Stream.of(why(one.getWhy(), one.getBlackout(), window), one.getDaylight())
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining("; ")));
        }
        List<String> lines =
                new ArrayList<>(output.list(table, "Window " + window.getName() + " does not open in that time."));
        lines.add("");
        lines.add(span.getOpeningsCount() + " by the rule, " + (span.getOpeningsCount() - lost) + " happen, " + lost
                + " lost");
        warn(span.getWarningsList(), lines);
        return lines;
    }

    private static String why(Opening opening, Window window) {
        return why(opening.getWhy(), opening.getBlackout(), window);
    }

    private static String why(String why, Blackout blackout, Window window) {
        ZoneId its = ZoneId.of(window.getZone());
        return Times.isSet(blackout.getFrom())
                ? why + ", " + Times.weekday(blackout.getFrom(), its) + " to " + Times.weekday(blackout.getTo(), its)
                : why;
    }

    private static void warn(List<String> warnings, List<String> lines) {
        if (!warnings.isEmpty()) {
            lines.add("");
            warnings.forEach(warning -> lines.add("! " + warning));
        }
    }
}
