package dev.drydock.cli.watch;

import dev.drydock.cli.Terminal;
import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutUpdate;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: one picture, drawn over the one before. */
final class LiveAudience implements Audience {
    private static final int NOTES_KEPT = 100;
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Terminal terminal;
    private final Paint paint;
    private final Times times;
    private final String again;
    private final Deque<RolloutNote> notes = new ArrayDeque<>();
    private @Nullable Rollout rollout;
    private String trouble = "";
    private int drawn;
    private volatile boolean left;

    /** @param again the command that picks the view up again */
    LiveAudience(PrintStream out, Terminal terminal, Paint paint, Times times, String again) {
        this.out = out;
        this.terminal = terminal;
        this.paint = paint;
        this.times = times;
        this.again = again;
    }

    @Override
    public void update(RolloutUpdate update) {
        rollout = update.getRollout();
        trouble = "";
        update.getNotesList().forEach(notes::addLast);
        while (notes.size() > NOTES_KEPT) {
            notes.removeFirst();
        }
        draw("Ctrl-C leaves this view; the rollout goes on.");
    }

    @Override
    public void tick() {
        draw("Ctrl-C leaves this view; the rollout goes on.");
    }

    @Override
    public void trouble(String what) {
        trouble = what;
        tick();
    }

    @Override
    public void ended() {
        Rollout last = rollout;
        draw("");
        if (last != null) {
            out.println(last.getSpec().getName() + " " + RolloutView.summary(last, paint));
        }
        out.flush();
    }

    @Override
    public void close() {
        if (drawn > 0) {
            out.print(SHOW_CURSOR);
            out.flush();
        }
    }

    @Override
    public void left() {
        left = true;
        out.print("\r" + CLEAR_LINE + "\n" + SHOW_CURSOR + "The rollout goes on. Watch it again with: " + again + "\n");
        out.flush();
    }

    private void draw(String footer) {
        Rollout now = rollout;
        if (now == null || left) {
            return;
        }
        Terminal.Size size = terminal.size();
        int rows = Math.max(6, size.rows() - 3);
        List<String> lines = new ArrayList<>(
                RolloutView.render(now, List.copyOf(notes), new Frame(size.columns(), rows, paint, times)));
        if (!trouble.isEmpty()) {
            lines.add(paint.apply(Style.WARN, Width.fit(trouble, size.columns())));
        } else if (!footer.isEmpty()) {
            lines.add(paint.apply(Style.DIM, Width.fit(footer, size.columns())));
        }
        StringBuilder picture = new StringBuilder(HIDE_CURSOR);
        if (drawn > 0) {
            picture.append("\r\u001b[").append(drawn).append('A');
        }
        lines.forEach(line -> picture.append(line).append(CLEAR_LINE).append('\n'));
        picture.append(CLEAR_BELOW);
        drawn = lines.size();
        out.print(picture); // in one piece, so that leaving cannot cut into it
        out.flush();
    }
}
