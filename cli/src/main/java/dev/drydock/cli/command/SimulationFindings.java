package dev.drydock.cli.command;

import static dev.drydock.cli.command.SimulationView.counted;
import static dev.drydock.cli.command.SimulationView.number;

import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.OpeningOutcome;
import dev.drydock.proto.v1.SimulatedRollout;
import dev.drydock.proto.v1.SimulationAdvice;
import dev.drydock.proto.v1.SimulationAdvice.Knob;
import dev.drydock.proto.v1.SimulationResult;
import dev.drydock.proto.v1.ThresholdCatch;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What is to be learned from a simulation, in sentences. */
final class SimulationFindings {
    private static final int SHOWN = 5;

    private SimulationFindings() {}

    static List<String> thresholds(SimulationResult result, ZoneId zone) {
        List<SimulatedRollout> caught = result.getRolloutsList().stream()
                .filter(SimulatedRollout::hasCaught)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                caught.isEmpty()
                        ? "The failure threshold stopped nothing."
                        : "The failure threshold stopped " + caught.size() + " of "
                                + counted(result.getRolloutsCount(), "rollout") + ":");
        caught.stream().limit(SHOWN).forEach(rollout -> lines.add("  " + stopped(rollout, zone)));
        more(caught.size(), lines);
        return lines;
    }

    private static String stopped(SimulatedRollout rollout, ZoneId zone) {
        ThresholdCatch caught = rollout.getCaught();
        return "rollout " + rollout.getNumber() + ", " + Times.weekday(caught.getAt(), zone) + ", in wave "
                + caught.getWave() + " (" + caught.getWhy() + "): " + counted(caught.getSpared(), "host")
                + " spared, " + number(caught.getWouldHaveFailed()) + " of which would have failed";
    }

    static List<String> windows(SimulationResult result, ZoneId zone) {
        int openings = 0;
        List<String> tooShort = new ArrayList<>();
        for (SimulatedRollout rollout : result.getRolloutsList()) {
            openings += rollout.getOpeningsCount();
            rollout.getOpeningsList().stream()
                    .filter(OpeningOutcome::getTooShort)
                    .map(opening -> "  rollout " + rollout.getNumber() + ", " + left(opening, zone))
                    .forEach(tooShort::add);
        }
        List<String> lines = new ArrayList<>();
        if (tooShort.isEmpty()) {
            lines.add("No opening was too short.");
            return lines;
        }
        lines.add(tooShort.size() + " of " + counted(openings, "opening") + " were too short:");
        lines.addAll(tooShort.subList(0, Math.min(SHOWN, tooShort.size())));
        more(tooShort.size(), lines);
        result.getAdviceList().forEach(advice -> lines.add(advice(advice)));
        return lines;
    }

    private static String left(OpeningOutcome opening, ZoneId zone) {
        String line = Times.weekday(opening.getOpens(), zone) + ": " + counted(opening.getBegun(), "run") + ", "
                + counted(opening.getLeftOver(), "host") + " left over; at work for "
                + Math.round(100 * opening.getUsedShare()) + " % of it, at most " + number(opening.getPeak())
                + " at once";
        return opening.getSilent() == 0
                ? line
                : line + "; held up by " + counted(opening.getSilent(), "run") + " that said nothing until its end";
    }

    private static String advice(SimulationAdvice advice) {
        boolean window = advice.getKnob() == Knob.WINDOW_DURATION;
        String found = "simulated rollout " + advice.getRollout() + " again, " + counted(advice.getTried(), "value")
                + " tried; now " + advice.getNow();
        return advice.getEnough().isEmpty()
                ? (window ? "No window" : "No max-concurrent") + " up to " + advice.getLimit()
                        + " would have done in one opening, since " + advice.getBecause() + " (" + found + ")."
                : (window ? "A window of " : "max-concurrent ") + advice.getEnough()
                        + " would have done in one opening (" + found + ").";
    }

    private static void more(int all, List<String> lines) {
        if (all > SHOWN) {
            lines.add("  and " + (all - SHOWN) + " more; all are in --output json");
        }
    }
}
