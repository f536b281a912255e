package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.HostCounts;
import dev.drydock.proto.v1.Milestone;
import dev.drydock.proto.v1.SimulatedRollout;
import dev.drydock.proto.v1.SimulationResult;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a simulation came to, for people. Times are of the window's zone. */
final class SimulationView {
    private static final int WIDEST = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private SimulationView() {}

    /** A line a rollout for scripts that want no more: its number and its state. */
    static List<String> names(SimulationResult result) {
        return result.getRolloutsList().stream()
                .map(rollout ->
                        rollout.getNumber() + " " + rollout.getState().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static List<String> lines(SimulationResult result, Output output) {
        ZoneId zone = ZoneId.of(result.getScenario().getWindow().getZone());
        List<String> lines = new ArrayList<>();
        int hosts = result.getScenario().getFleet().getHosts();
        lines.add(counted(hosts, "host") + ", " + counted(result.getRolloutsCount(), "rollout") + ", "
                + day(result.getFrom(), zone) + " to " + day(result.getUntil(), zone) + " " + zone + ", seed "
                + result.getScenario().getSeed());
        lines.add("");
        lines.addAll(output.render(table(result, zone)));
        lines.add("");
        lines.add(
                result.getNeverPatched() == 0
                        ? "Every host was patched at least once."
                        : counted(result.getNeverPatched(), "host") + " never patched.");
        section(lines, SimulationFindings.thresholds(result, zone));
        section(lines, SimulationFindings.windows(result, zone));
        section(
                lines,
                SimulationChart.lines(
                        result.getUpToDateList(),
                        day(result.getFrom(), zone),
                        day(result.getUntil(), zone),
                        Math.min(WIDEST, output.width().orElse(WIDEST))));
        return lines;
    }

    private static void section(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }

    private static Table table(SimulationResult result, ZoneId zone) {
        Table table = Table.of(
                "ROLLOUT",
                "RELEASED",
                "50 %",
                "90 %",
                "99 %",
                "ALL",
                "PATCHED",
                "FAILED",
                "WITHOUT",
                "OPENINGS",
                "ENDED");
        for (SimulatedRollout rollout : result.getRolloutsList()) {
            HostCounts hosts = rollout.getHosts();
            table.row(
                    Cell.of(Integer.toString(rollout.getNumber())),
                    Cell.of(day(rollout.getReleasedAt(), zone)),
                    Cell.of(after(rollout, 50)),
                    Cell.of(after(rollout, 90)),
                    Cell.of(after(rollout, 99)),
                    Cell.of(after(rollout, 100)),
                    Cell.of(number(hosts.getPatched())),
                    Cell.orDash(failed(hosts)),
                    Cell.orDash(without(hosts)),
                    Cell.of(Integer.toString(rollout.getOpeningsCount())),
                    new Cell(
                            rollout.hasEndedAt() ? States.word(rollout.getState()) : "not in the span",
                            States.style(rollout.getState())));
        }
        return table;
    }

    private static String after(SimulatedRollout rollout, int percent) {
        return rollout.getMilestonesList().stream()
                .filter(milestone -> milestone.getPercent() == percent)
                .map(Milestone::getAfterRelease)
                .map(length -> days(Times.duration(length)))
                .findFirst()
                .orElse("-");
    }

    /** {@code 4.8 d}. */
    static String days(Duration length) {
        return String.format(Locale.ROOT, "%.1f d", length.toMinutes() / 1_440.0);
    }

    private static String failed(HostCounts hosts) {
        return words(
                part(hosts.getRolledBack(), "rolled back"),
                part(hosts.getRollbackFailed(), "ROLLBACK FAILED"),
                part(hosts.getLost(), "lost"));
    }

    private static String without(HostCounts hosts) {
        return words(
                part(hosts.getSpared(), "spared"),
                part(hosts.getOffline(), "offline"),
                part(hosts.getCluster(), "cluster down"),
                part(hosts.getBusy(), "busy"),
                part(hosts.getSuperseded(), "superseded"),
                part(hosts.getNoTime(), "no time"));
    }

    private static String part(int count, String what) {
        return count == 0 ? "" : number(count) + " " + what;
    }

    private static String words(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String counted(int count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    static String day(com.google.protobuf.Timestamp at, ZoneId zone) {
        return DAY.format(Times.instant(at).atZone(zone));
    }
}
