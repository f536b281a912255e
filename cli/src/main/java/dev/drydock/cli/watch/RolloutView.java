package dev.drydock.cli.watch;

import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.cli.watch.Tally.Stand;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The picture of a rollout at one instant: a pure function of the rollout, its last notes and the frame. */
final class RolloutView {
    private static final int LABEL = 8;
    private static final int BUSY_SHOWN = 4;
    private static final int HELD_UP_SHOWN = 3;
    private static final int FAILURES_SHOWN = 3;
    private static final int FEWEST_NOTES = 3;

    private final Rollout rollout;
    private final Frame frame;
    private final Paint paint;
    private final Times times;

    private RolloutView(Rollout rollout, Frame frame) {
        this.rollout = rollout;
        this.frame = frame;
        this.paint = frame.paint();
        this.times = frame.times();
    }

    /** @param notes oldest first; the last ones are shown, as many as fit */
    static List<String> render(Rollout rollout, List<RolloutNote> notes, Frame frame) {
        return new RolloutView(rollout, frame).lines(notes);
    }

    /** One sentence on where it stands: {@code completed, some failed: 8 hosts, patched 7 · rolled back 1}. */
    static String summary(Rollout rollout, Paint paint) {
        Tally tally = Tally.of(hosts(rollout));
        String counts = tally.words(paint);
        return paint.apply(States.style(rollout.getState()), States.word(rollout.getState())) + ": " + tally.total()
                + (tally.total() == 1 ? " host" : " hosts") + (counts.isEmpty() ? "" : ", " + counts)
                + (rollout.getReason().isEmpty() ? "" : " (" + Width.printable(rollout.getReason()) + ")");
    }

    private List<String> lines(List<RolloutNote> notes) {
        List<String> lines = new ArrayList<>(head());
        lines.add("");
        lines.addAll(waves());
        section(lines, busy());
        section(lines, heldUp());
        section(lines, failures());
        int room = Math.max(FEWEST_NOTES, frame.rows() - lines.size() - 1);
        section(
                lines,
                notes.stream()
                        .skip(Math.max(0, notes.size() - room))
                        .map(this::note)
                        .toList());
        return lines.size() > frame.rows() ? lines.subList(0, frame.rows()) : lines;
    }

    private static void section(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        String state = States.word(rollout.getState());
        String title = Width.fit(
                rollout.getSpec().getName() + "  " + rollout.getSpec().getPlaybook(),
                frame.columns() - Width.of(state) - 2);
        lines.add(paint.apply(Style.BOLD, title) + "  " + paint.apply(States.style(rollout.getState()), state));
        if (!rollout.getReason().isEmpty()) {
            lines.add(line("", Style.NONE, rollout.getReason()));
        }
        if (rollout.hasOpening() && !States.ended(rollout.getState())) {
            lines.add(line("window", Style.DIM, window(rollout.getOpening())));
        }
        return lines;
    }

    private String window(Opening opening) {
        Instant now = times.now();
        String name = rollout.getSpec().getWindow() + ": ";
        if (Times.instant(opening.getOpens()).isAfter(now)) {
            return name + "opens " + times.at(opening.getOpens()) + ", in " + left(opening.getOpens());
        }
        if (Times.instant(opening.getCloses()).isAfter(now)) {
            String starts = Times.instant(opening.getStartBefore()).isAfter(now)
                    ? ", starts until " + times.clock(opening.getStartBefore())
                    : ", nothing new starts";
            return name + "open, closes in " + left(opening.getCloses()) + starts;
        }
        return name + "closed " + times.at(opening.getCloses());
    }

    private String left(com.google.protobuf.Timestamp until) {
        return Times.countdown(Duration.between(times.now(), Times.instant(until)));
    }

    private List<String> waves() {
        List<String> lines = new ArrayList<>();
        for (Wave wave : rollout.getWavesList()) {
            Tally tally = Tally.of(wave.getHostsList());
            String label = Width.pad("wave " + wave.getNumber(), LABEL);
            String count = "  " + tally.ended() + "/" + tally.total() + "  ";
            int room = frame.columns() - label.length() - barLength() - count.length();
            lines.add((label + tally.bar(barLength(), paint) + count + words(tally, room)).stripTrailing());
            if (rollout.getState() == RolloutState.SOAKING && wave.getNumber() == rollout.getCurrentWave()) {
                lines.add(soak());
            }
        }
        return lines;
    }

    /** Painted where they fit, else cut and plain. */
    private String words(Tally tally, int room) {
        String plain = tally.words(Paint.PLAIN);
        return Width.of(plain) <= room ? tally.words(paint) : Width.fit(plain, room);
    }

    private String soak() {
        Duration whole = Times.duration(rollout.getSpec().getSoak());
        Duration left = Duration.between(times.now(), Times.instant(rollout.getSoakUntil()));
        double share = whole.isZero() ? 1 : 1 - (double) left.toMillis() / whole.toMillis();
        int done = Math.clamp(Math.round(share * barLength()), 0, barLength());
        return Width.pad("soak", LABEL) + paint.apply(Style.BUSY, "█".repeat(done))
                + paint.apply(Style.DIM, "░".repeat(barLength() - done)) + "  " + Times.countdown(left) + " left";
    }

    private int barLength() {
        return frame.columns() < 70 ? 10 : frame.columns() < 100 ? 20 : 30;
    }

    private List<String> busy() {
        List<HostRun> busy = hosts(rollout).stream()
                .filter(host -> {
                    Stand stand = Stand.of(host.getState());
                    return stand == Stand.RUNNING || stand == Stand.ROLLING_BACK;
                })
                .toList();
        return first(
                BUSY_SHOWN,
                busy,
                " more hosts",
                host -> line(
                        "▸ " + host.getHost(),
                        Stand.of(host.getState()).style(),
                        States.word(host.getState())
                                + (host.getStep().isEmpty() ? "" : ": " + host.getStep())
                                + (Times.isSet(host.getStartedAt()) ? "  " + since(host) : "")));
    }

    /** Hosts whose turn it is and that cannot begin, with the reason: offline, drained, busy. */
    private List<String> heldUp() {
        if (rollout.getState() != RolloutState.RUNNING) {
            return List.of();
        }
        List<HostRun> held = rollout.getWavesList().stream()
                .filter(wave -> wave.getNumber() <= rollout.getCurrentWave())
                .flatMap(wave -> wave.getHostsList().stream())
                .filter(host -> Stand.of(host.getState()) == Stand.WAITING
                        && !host.getReason().isEmpty())
                .toList();
        return first(
                HELD_UP_SHOWN,
                held,
                " more hosts",
                host -> line("· " + host.getHost(), Stand.WAITING.style(), "cannot begin: " + host.getReason()));
    }

    /** A line each for the first of them, and one that counts the others. */
    private List<String> first(int most, List<HostRun> hosts, String more, Function<HostRun, String> line) {
        List<String> lines =
                new ArrayList<>(hosts.stream().limit(most).map(line).toList());
        if (hosts.size() > most) {
            lines.add(line("", Style.DIM, "and " + (hosts.size() - most) + more));
        }
        return lines;
    }

    private String since(HostRun host) {
        return Times.countdown(Duration.between(Times.instant(host.getStartedAt()), times.now()));
    }

    private List<String> failures() {
        List<HostRun> failed = hosts(rollout).stream()
                .filter(host -> {
                    Stand stand = Stand.of(host.getState());
                    return stand.ended() && stand != Stand.PATCHED;
                })
                .toList();
        return first(
                FAILURES_SHOWN,
                failed,
                " more: drydock report rollout " + rollout.getSpec().getName(),
                host -> line(
                        (Stand.of(host.getState()) == Stand.ROLLED_BACK ? "↩ " : "✖ ") + host.getHost(),
                        Stand.of(host.getState()).style(),
                        States.word(host.getState()) + (host.getReason().isEmpty() ? "" : ": " + host.getReason())));
    }

    private String note(RolloutNote note) {
        String who = note.getHost().isEmpty() ? rollout.getSpec().getName() : note.getHost();
        return line(times.clock(note.getAt()), Style.DIM, who + "  " + note.getText());
    }

    /** A painted label, then text, together no wider than the frame. */
    private String line(String label, Style style, String text) {
        String start = Width.fit(Width.printable(label), Math.max(1, frame.columns() - 2));
        String gap = start.isEmpty() ? "" : " ".repeat(Math.max(2, LABEL - Width.of(start)));
        int room = frame.columns() - Width.of(start) - gap.length();
        return (paint.apply(style, start) + gap + Width.fit(Width.printable(text), room)).stripTrailing();
    }

    private static List<HostRun> hosts(Rollout rollout) {
        return rollout.getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .toList();
    }
}
