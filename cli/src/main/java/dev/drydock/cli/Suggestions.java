package dev.drydock.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The nearest known name to a mistyped one. */
final class Suggestions {
    private Suggestions() {}

    /** The known name with the fewest typing errors between them, where they are few enough to be a slip. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        int allowed = Math.max(1, bare(typed).length() / 3);
        return known.stream()
                .filter(name -> distance(bare(typed), bare(name)) <= allowed || extended(bare(typed), bare(name)))
                .min(Comparator.comparingInt((String name) -> distance(bare(typed), bare(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean extended(String typed, String name) {
        return typed.length() >= 3 && (name.startsWith(typed) || typed.startsWith(name));
    }

    private static String bare(String name) {
        int equals = name.indexOf('=');
        return (equals < 0 ? name : name.substring(0, equals)).replaceFirst("^-+", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
