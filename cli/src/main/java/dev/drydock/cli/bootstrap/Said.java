package dev.drydock.cli.bootstrap;

import dev.drydock.cli.output.Width;
import dev.drydock.cli.ssh.Remote.Answer;
import java.util.List;

/** What a command said, in short, for people. */
final class Said {
    private static final int LINES = 3;
    private static final int LONGEST = 400;

    private Said() {}

    /** The last lines of what it complained of, or of what it printed. */
    static String shortly(Answer answer) {
        List<String> lines = (answer.err().isBlank() ? answer.out() : answer.err())
                .lines()
                .map(Width::printable)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String last = String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        String shown = last.length() > LONGEST ? last.substring(0, LONGEST) + "…" : last;
        return (shown.isEmpty() ? "no word" : shown) + " (exit " + answer.exit() + ")";
    }
}
