package dev.drydock.agent.host.logs;

import dev.drydock.agent.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is looked for in lines: plain texts, and regular expressions of Java between slashes ({@code /PHP (Fatal|Parse) error/}). How
 * long an expression may take on a line is bounded, whatever it is.
 */
public final class LinePatterns {
    private static final int MOST_STEPS = 1_000_000;

    private final List<String> texts = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /** @throws IllegalArgumentException where one between slashes is no regular expression */
    public LinePatterns(List<String> wanted) {
        for (String text : wanted) {
            if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
                try {
                    patterns.add(Pattern.compile(text.substring(1, text.length() - 1)));
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException(text + " is no regular expression: " + e.getDescription(), e);
                }
            } else {
                texts.add(text);
            }
        }
    }

    /** @throws HostException where an expression takes too long */
    public boolean find(String line) throws HostException {
        if (texts.stream().anyMatch(line::contains)) {
            return true;
        }
        for (Pattern pattern : patterns) {
            try {
                if (pattern.matcher(new Steps(line)).find()) {
                    return true;
                }
            } catch (TooManySteps | StackOverflowError e) {
                throw new HostException("the expression /" + pattern + "/ takes too long on a line of " + line.length()
                        + " characters: write it without repetitions inside of repetitions");
            }
        }
        return false;
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /** A line that counts how often it is looked at: the same on each machine, where a clock would not be. */
    private static final class Steps implements CharSequence {
        private final String line;
        private int steps;

        Steps(String line) {
            this.line = line;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooManySteps();
            }
            return line.charAt(index);
        }

        @Override
        public int length() {
            return line.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return line.subSequence(start, end);
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
