package dev.drydock.controller.web.page;

import dev.drydock.controller.web.text.Tone;
import dev.drydock.controller.web.text.Words;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Wave;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rollout as its page shows it.
 *
 * @param causes why hosts did not make it, the most frequent first
 */
public record RolloutView(Rollout rollout, List<WaveBar> waves, List<Cause> causes) {
    /** Lines of hosts that one wave shows; the rest is behind a link to the hosts' list. */
    public static final int MOST_LINES = 200;

    private static final List<Tone> ORDER = List.of(Tone.GOOD, Tone.BACK, Tone.BAD, Tone.CARE, Tone.BUSY, Tone.IDLE);

    public static RolloutView of(Rollout rollout) {
        return new RolloutView(
                rollout,
                rollout.getWavesList().stream().map(wave -> bar(wave, rollout)).toList(),
                causes(rollout));
    }

    private static WaveBar bar(Wave wave, Rollout rollout) {
        Map<Tone, Integer> counts = new EnumMap<>(Tone.class);
        Map<String, Integer> words = new LinkedHashMap<>();
        for (HostRun host : wave.getHostsList()) {
            counts.merge(Tone.of(host.getState()), 1, Integer::sum);
            words.merge(Words.of(host.getState()), 1, Integer::sum);
        }
        int hosts = wave.getHostsCount();
        List<Part> parts = new ArrayList<>();
        double at = 0;
        for (Tone tone : ORDER) {
            int count = counts.getOrDefault(tone, 0);
            if (count > 0) {
                double width = 100.0 * count / hosts;
                parts.add(new Part(tone, count, at, width));
                at += width;
            }
        }
        int done = hosts - counts.getOrDefault(Tone.BUSY, 0) - counts.getOrDefault(Tone.IDLE, 0);
        return new WaveBar(
                wave.getNumber(),
                hosts,
                done,
                parts,
                words,
                wave.getNumber() == rollout.getCurrentWave(),
                wave.getHostsList());
    }

    /** Failures by their reason: of a hundred hosts with one cause a person wants to read one line. */
    private static List<Cause> causes(Rollout rollout) {
        Map<String, List<HostRun>> byReason = new LinkedHashMap<>();
        for (Wave wave : rollout.getWavesList()) {
            for (HostRun host : wave.getHostsList()) {
                Tone tone = Tone.of(host.getState());
                if (tone == Tone.BAD || tone == Tone.BACK || tone == Tone.CARE) {
                    byReason.computeIfAbsent(
                                    Words.of(host.getState()) + ": " + reason(host), cause -> new ArrayList<>())
                            .add(host);
                }
            }
        }
        return byReason.entrySet().stream()
                .map(cause -> new Cause(
                        cause.getKey(), Tone.of(cause.getValue().getFirst().getState()), cause.getValue()))
                .sorted(Comparator.comparingInt((Cause cause) -> cause.hosts().size())
                        .reversed())
                .toList();
    }

    /** Without the host's own name, which would make every cause one of its own. */
    private static String reason(HostRun host) {
        String reason = host.getReason().isEmpty() ? "no reason was given" : host.getReason();
        return reason.replace(host.getHost(), "the host");
    }

    public boolean over() {
        return rollout.hasEndedAt();
    }

    public boolean canPause() {
        return switch (rollout.getState()) {
            case SCHEDULED, RUNNING, SOAKING, AWAITING_APPROVAL -> true;
            default -> false;
        };
    }

    public boolean canResume() {
        return rollout.getState() == RolloutState.PAUSED;
    }

    public boolean canAbort() {
        return !over() && rollout.getState() != RolloutState.STOPPING;
    }

    public boolean canRetry() {
        return rollout.getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .anyMatch(host -> switch (host.getState()) {
                    case RunState.ROLLED_BACK, RunState.LOST, RunState.REFUSED, RunState.EXPIRED, RunState.CANCELLED ->
                        true;
                    default -> false;
                });
    }

    public boolean wantsApproval() {
        return rollout.getUnapprovedWave() > 0 && !over();
    }

    /** All hosts of all waves. */
    public int hosts() {
        return waves.stream().mapToInt(WaveBar::hosts).sum();
    }

    public int done() {
        return waves.stream().mapToInt(WaveBar::done).sum();
    }

    /**
     * @param done hosts of which the run has ended
     * @param parts from the left
     * @param words how many are in which state
     * @param current the one that runs or comes next
     */
    public record WaveBar(
            int number,
            int hosts,
            int done,
            List<Part> parts,
            Map<String, Integer> words,
            boolean current,
            List<HostRun> lines) {}

    /** In hundredths of the bar. */
    public record Part(Tone tone, int count, double x, double width) {}

    public record Cause(String text, Tone tone, List<HostRun> hosts) {}
}
