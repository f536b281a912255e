package dev.drydock.cli.watch;

import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutUpdate;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A pipe or a file: one line an event, {@code 2026-11-24T02:07:12Z web-03 text}. */
final class PipeAudience implements Audience {
    private final PrintStream out;
    private final PrintStream err;
    private final Times times;
    private final String again;
    private @Nullable Rollout rollout;

    PipeAudience(PrintStream out, PrintStream err, Times times, String again) {
        this.out = out;
        this.err = err;
        this.times = times;
        this.again = again;
    }

    @Override
    public void update(RolloutUpdate update) {
        if (rollout == null) {
            line(
                    times.now(),
                    update.getRollout().getSpec().getName(),
                    RolloutView.summary(update.getRollout(), Paint.PLAIN));
        }
        rollout = update.getRollout();
        for (RolloutNote note : update.getNotesList()) {
            line(
                    Times.instant(note.getAt()),
                    note.getHost().isEmpty() ? rollout.getSpec().getName() : note.getHost(),
                    note.getText());
        }
        out.flush();
    }

    @Override
    public void tick() {}

    @Override
    public void trouble(String what) {
        err.println(what);
        err.flush();
    }

    @Override
    public void ended() {
        Rollout last = rollout;
        if (last != null) {
            Instant at = Times.isSet(last.getEndedAt()) ? Times.instant(last.getEndedAt()) : times.now();
            line(at, last.getSpec().getName(), RolloutView.summary(last, Paint.PLAIN));
            out.flush();
        }
    }

    @Override
    public void left() {
        err.println("The rollout goes on. Watch it again with: " + again);
        err.flush();
    }

    private void line(Instant at, String who, String text) {
        out.println(at.truncatedTo(ChronoUnit.SECONDS) + " " + Width.printable(who) + " " + Width.printable(text));
    }
}
