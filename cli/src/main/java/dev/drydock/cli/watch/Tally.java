package dev.drydock.cli.watch;

import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Style;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many hosts stand where. */
record Tally(Map<Stand, Integer> counts, int total) {
    Tally {
        counts = Map.copyOf(counts);
    }

    /** Where a host stands, in the order of reading. */
    enum Stand {
        PATCHED(States.word(RunState.SUCCEEDED), '█', Style.GOOD),
        ROLLED_BACK(States.word(RunState.ROLLED_BACK), '▓', Style.WARN),
        ROLLBACK_FAILED(States.word(RunState.ROLLBACK_FAILED), '▓', Style.BAD),
        LOST(States.word(RunState.LOST), '▓', Style.BAD),
        REFUSED(States.word(RunState.REFUSED), '▓', Style.WARN),
        EXPIRED(States.word(RunState.EXPIRED), '▓', Style.WARN),
        DEFERRED(States.word(RunState.DEFERRED), '▓', Style.WARN),
        CANCELLED(States.word(RunState.CANCELLED), '▓', Style.WARN),
        ROLLING_BACK(States.word(RunState.ROLLING_BACK), '▒', Style.WARN),
        RUNNING(States.word(RunState.RUNNING), '▒', Style.BUSY),
        WAITING(States.word(RunState.RUN_STATE_UNSPECIFIED), '░', Style.DIM);

        private final String word;
        private final char glyph;
        private final Style style;

        Stand(String word, char glyph, Style style) {
            this.word = word;
            this.glyph = glyph;
            this.style = style;
        }

        Style style() {
            return style;
        }

        boolean ended() {
            return this.compareTo(ROLLING_BACK) < 0;
        }

        static Stand of(RunState state) {
            return switch (state) {
                case SUCCEEDED -> PATCHED;
                case ROLLED_BACK -> ROLLED_BACK;
                case ROLLBACK_FAILED -> ROLLBACK_FAILED;
                case LOST -> LOST;
                case REFUSED -> REFUSED;
                case EXPIRED -> EXPIRED;
                case DEFERRED -> DEFERRED;
                case CANCELLED -> CANCELLED;
                case ROLLING_BACK -> ROLLING_BACK;
                case OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING -> RUNNING;
                case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> WAITING;
            };
        }
    }

    static Tally of(List<HostRun> hosts) {
        Map<Stand, Integer> counts = new EnumMap<>(Stand.class);
        hosts.forEach(host -> counts.merge(Stand.of(host.getState()), 1, Integer::sum));
        return new Tally(counts, hosts.size());
    }

    int ended() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().ended())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int count(Stand stand) {
        return counts.getOrDefault(stand, 0);
    }

    /** {@code patched 3 · rolled back 1 · running 2}; who waits shows by the bar. */
    String words(Paint paint) {
        List<String> parts = new ArrayList<>();
        for (Stand stand : Stand.values()) {
            if (count(stand) > 0 && stand != Stand.WAITING) {
                parts.add(paint.apply(stand.style, stand.word + " " + count(stand)));
            }
        }
        return String.join(" · ", parts);
    }

    /** A bar of this many characters in which every stand that occurs shows. */
    String bar(int length, Paint paint) {
        int[] sizes = new int[Stand.values().length];
        int used = 0;
        int largest = Stand.WAITING.ordinal();
        for (Stand stand : Stand.values()) {
            int count = count(stand);
            int size = count == 0 ? 0 : Math.max(1, count * length / total);
            sizes[stand.ordinal()] = size;
            used += size;
            if (size > sizes[largest]) {
                largest = stand.ordinal();
            }
        }
        sizes[largest] += length - used;
        StringBuilder bar = new StringBuilder();
        for (Stand stand : Stand.values()) {
            bar.append(
                    paint.apply(stand.style, String.valueOf(stand.glyph).repeat(Math.max(0, sizes[stand.ordinal()]))));
        }
        return bar.toString();
    }
}
