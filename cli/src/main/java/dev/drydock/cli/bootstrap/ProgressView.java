package dev.drydock.cli.bootstrap;

import dev.drydock.cli.Terminal;
import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Width;
import dev.drydock.cli.ssh.Confirming;
import dev.drydock.cli.ssh.Endpoint;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** On a terminal one line that is drawn again and again, with a bar; in a pipe a line for each stage. For several threads. */
public final class ProgressView implements Progress, Confirming {
    private static final int BAR = 20;
    private static final int PERCENT = 100;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final Terminal terminal;
    private final Paint paint;
    private final boolean live;
    private final int hosts;
    private final Supplier<String> answers;
    private final Map<String, String> under = new LinkedHashMap<>();
    private int ended;
    private int failed;

    /**
     * @param live whether {@code out} is a terminal
     * @param answers the next line that a person types; only asked where there is one
     */
    public ProgressView(
            PrintStream out, Terminal terminal, Paint paint, boolean live, int hosts, Supplier<String> answers) {
        this.out = out;
        this.terminal = terminal;
        this.paint = paint;
        this.live = live;
        this.hosts = hosts;
        this.answers = answers;
    }

    @Override
    public synchronized void stage(String host, Stage stage) {
        if (stage == Stage.FAILED) {
            return;
        }
        under.put(host, stage.words());
        if (live) {
            draw();
        } else {
            line(host + "  " + stage.words());
        }
    }

    @Override
    public synchronized void shipped(String host, long bytes, long of) {
        String now = Stage.SHIP.words() + " " + bytes * PERCENT / Math.max(1, of) + " %";
        if (live && !now.equals(under.put(host, now))) {
            draw();
        }
    }

    @Override
    public void ended(HostResult result) {
        ended(
                result.name(),
                result.failed(),
                result.failed()
                        ? "failed: " + result.troubles().getFirst().what()
                        : result.state().code()
                                + (result.done().isEmpty() ? "" : ": " + Progress.words(result.done())));
    }

    /** @param what in words, how it ended */
    public synchronized void ended(String host, boolean bad, String what) {
        under.remove(host);
        ended++;
        failed += bad ? 1 : 0;
        clear();
        line(host + "  " + (bad ? paint.apply(Style.BAD, Width.printable(what)) : Width.printable(what)));
        draw();
    }

    /** One at a time, and nothing is drawn over the question. */
    @Override
    public synchronized boolean confirm(Endpoint endpoint, String keyType, String fingerprint) {
        clear();
        out.println("The host key of " + endpoint + " is not known yet:");
        out.println("  " + keyType + " " + fingerprint);
        out.print("Is it the one that ssh-keygen -l shows on its console? [y/N] ");
        out.flush();
        String answer = answers.get().strip();
        draw();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    /** Nothing of it is left standing. */
    public synchronized void close() {
        clear();
        out.flush();
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private void clear() {
        if (live) {
            out.print(CLEAR);
        }
    }

    private void draw() {
        if (!live) {
            return;
        }
        int full = hosts == 0 ? BAR : ended * BAR / hosts;
        String text = "█".repeat(full) + "░".repeat(BAR - full) + "  " + ended + "/" + hosts
                + (failed == 0 ? "" : ", " + failed + " failed") + "   "
                + under.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
        out.print(CLEAR + Width.fit(Width.printable(text), terminal.size().columns() - 1));
        out.flush();
    }
}
