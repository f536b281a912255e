package dev.drydock.e2e.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts lines that are typed into a shell into calls of programs, as far as documents need it: quotes, pipes, lists, redirections. */
final class ShellCalls {
    private static final Set<String> PREFIXES =
            Set.of("sudo", "env", "then", "do", "else", "if", "while", "until", "!", "exec", "{", "(");

    /** @param line of the page on which it begins */
    record Call(int line, List<String> words) {}

    private final List<Call> calls = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private List<String> words = new ArrayList<>();
    private boolean inWord;
    private int line;

    private ShellCalls() {}

    /** @param console lines that are typed begin with {@code $ } or {@code # }, the others are answers */
    static List<Call> of(List<String> text, int firstLine, boolean console) {
        ShellCalls shell = new ShellCalls();
        String endOfHere = "";
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i);
            if (!endOfHere.isEmpty()) {
                endOfHere = line.strip().equals(endOfHere) ? "" : endOfHere;
                continue;
            }
            if (console) {
                if (!line.startsWith("$ ") && !line.startsWith("# ")) {
                    continue;
                }
                line = line.substring(2);
            }
            int begins = firstLine + i;
            while (line.endsWith("\\") && i + 1 < text.size()) {
                line = line.substring(0, line.length() - 1) + text.get(++i).strip();
            }
            while (open(line) && i + 1 < text.size()) {
                line = line + "\n" + text.get(++i);
            }
            int here = line.indexOf("<<");
            if (here >= 0) {
                endOfHere = line.substring(here + 2)
                        .replaceAll("['\"-]", "")
                        .strip()
                        .split("\\s")[0];
                line = line.substring(0, here);
            }
            shell.read(line, begins);
        }
        return shell.calls;
    }

    /** Whether a quote in it is not closed. */
    static boolean open(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == 0 && c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return false;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote != 0;
    }

    private void read(String text, int at) {
        line = at;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '$' && text.startsWith("$(", i)) {
                int end = text.indexOf(')', i);
                String inner = text.substring(i + 2, end < 0 ? text.length() : end);
                calls.addAll(of(List.of(inner), at, false));
                word.append("substituted");
                inWord = true;
                i = end < 0 ? text.length() : end;
            } else if (c == '#' && !inWord) {
                break;
            } else if (c == '>' || c == '<') {
                if (word.toString().matches("\\d")) {
                    drop();
                }
                endWord();
                // The file's name, which is no word of the call.
                while (i + 1 < text.length() && ">& ".indexOf(text.charAt(i + 1)) >= 0) {
                    i++;
                }
                while (i + 1 < text.length() && " ;|&)".indexOf(text.charAt(i + 1)) < 0) {
                    i++;
                }
            } else if (";|&()".indexOf(c) >= 0) {
                endCall();
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                word.append(c);
                inWord = true;
            }
        }
        endCall();
    }

    private void drop() {
        word.setLength(0);
        inWord = false;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            drop();
        }
    }

    private void endCall() {
        endWord();
        while (!words.isEmpty()
                && (PREFIXES.contains(words.getFirst()) || words.getFirst().matches("[A-Za-z_]+=.*"))) {
            words.removeFirst();
        }
        if (words.size() > 2 && words.getFirst().equals("ssh")) {
            words = new ArrayList<>(words.subList(2, words.size()));
            endCall();
            return;
        }
        if (!words.isEmpty()) {
            calls.add(new Call(line, List.copyOf(words)));
        }
        words = new ArrayList<>();
    }
}
