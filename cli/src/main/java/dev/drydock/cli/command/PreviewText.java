package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.Wave;
import dev.drydock.proto.v1.WaveForecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a rollout that is not made yet looks to people. */
final class PreviewText {
    private static final int CHANGES_SHOWN = 20;
    private static final int BAR = 30;

    private PreviewText() {}

    static List<String> lines(RolloutPreview preview, Output output) {
        List<String> lines = new ArrayList<>(RolloutText.created(preview.getRollout(), output.times()));
        lines.add("");
        lines.addAll(timeline(preview, output));
        lines.add("");
        lines.addAll(changes(preview));
        return lines;
    }

    private static List<String> timeline(RolloutPreview preview, Output output) {
        int waves = preview.getRollout().getWavesCount();
        if (preview.getTypicalCount() == 0) {
            return List.of(
                    preview.getRunsKnown() < 5
                            ? "when: no forecast, this playbook has "
                                    + RolloutText.count(preview.getRunsKnown(), "successful run") + " on record"
                            : "when: the window has no opening left for the first wave");
        }
        Times times = output.times();
        WaveForecast first = preview.getTypical(0);
        WaveForecast last = preview.getTypical(preview.getTypicalCount() - 1);
        Duration whole = between(first, last);
        Table table = Table.of("WAVE", "HOSTS", "BEGINS", "ENDS", "");
        for (WaveForecast wave : preview.getTypicalList()) {
            table.row(
                    Cell.of(wave.getWave()),
                    Cell.of(hosts(preview, wave.getWave())),
                    Cell.of(times.at(wave.getBegins())),
                    Cell.of(times.at(wave.getEnds())
                            + (wave.getOpenings() > 1 ? ", in " + wave.getOpenings() + " openings" : "")),
                    Cell.of(bar(first, wave, whole)));
        }
        List<String> lines = new ArrayList<>(output.render(table));
        lines.add("a run takes " + Units.text(Times.duration(preview.getTypicalRun())) + " (half of "
                + RolloutText.count(preview.getRunsKnown(), "successful run") + " took at most that)"
                + slow(preview, waves, times));
        if (preview.getTypicalCount() < waves) {
            lines.add("! waves " + (preview.getTypicalCount() + 1) + " to " + waves
                    + " do not fit: the window has no opening left for them");
        }
        return lines;
    }

    private static String slow(RolloutPreview preview, int waves, Times times) {
        return preview.getSlowCount() < waves
                ? ""
                : "; at the latest about " + times.at(preview.getSlow(waves - 1).getEnds());
    }

    private static int hosts(RolloutPreview preview, int wave) {
        return preview.getRollout().getWavesList().stream()
                .filter(of -> of.getNumber() == wave)
                .mapToInt(Wave::getHostsCount)
                .sum();
    }

    private static Duration between(WaveForecast first, WaveForecast last) {
        return Duration.between(Times.instant(first.getBegins()), Times.instant(last.getEnds()));
    }

    /** Where the wave lies between the first wave's begin and the last one's end. */
    private static String bar(WaveForecast first, WaveForecast wave, Duration whole) {
        double length = Math.max(1, whole.toMillis());
        Duration before = Duration.between(Times.instant(first.getBegins()), Times.instant(wave.getBegins()));
        int from = Math.clamp((int) (before.toMillis() / length * BAR), 0, BAR - 1);
        int to = Math.clamp((int) Math.ceil(between(first, wave).toMillis() / length * BAR), from + 1, BAR);
        return "·".repeat(from) + "█".repeat(to - from) + "·".repeat(BAR - to);
    }

    private static List<String> changes(RolloutPreview preview) {
        Map<String, Integer> changes = new TreeMap<>();
        Map<String, Integer> noWayBack = new TreeMap<>();
        Map<String, List<String>> problems = new TreeMap<>();
        int nothing = 0;
        int answered = 0;
        for (HostPreview host : preview.getHostsList()) {
            if (!host.getProblem().isEmpty()) {
                problems.computeIfAbsent(host.getProblem(), problem -> new ArrayList<>())
                        .add(host.getHost());
                continue;
            }
            answered++;
            boolean none = true;
            for (StepPlan step : host.getStepsList()) {
                for (Change change : step.getChangesList()) {
                    changes.merge(words(change), 1, Integer::sum);
                    none = false;
                }
                if (!step.getIrreversible().isEmpty()) {
                    noWayBack.merge(step.getName() + ": " + step.getIrreversible(), 1, Integer::sum);
                }
            }
            nothing += none ? 1 : 0;
        }
        List<String> lines = new ArrayList<>();
        lines.add("what " + RolloutText.count(answered, "host") + " would change:");
        changes.entrySet().stream()
                .limit(CHANGES_SHOWN)
                .forEach(change -> lines.add("  " + change.getKey() + " on " + change.getValue()));
        if (changes.size() > CHANGES_SHOWN) {
            lines.add("  and " + (changes.size() - CHANGES_SHOWN) + " more: see --output json");
        }
        if (nothing > 0) {
            lines.add("  nothing on " + nothing);
        }
        lines.add(noWayBack.isEmpty() ? "there is a way back for every change" : "no way back:");
        noWayBack.forEach((what, count) -> lines.add("  " + Width.printable(what) + ", on " + count));
        problems.forEach(
                (problem, hosts) -> lines.add("! " + Width.printable(problem) + ": " + RolloutText.some(hosts, 6)));
        return lines;
    }

    private static String words(Change change) {
        String versions = Optional.of(change.getFrom())
                .filter(from -> !from.isEmpty())
                .map(from -> " " + from + " →")
                .orElse("");
        return Width.printable(change.getKind() + " " + change.getName() + versions + " " + change.getTo())
                .strip();
    }
}
