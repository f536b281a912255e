package dev.drydock.playbooks.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The valid name that a mistyped one most likely meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** Empty when nothing is near: more than a third of the letters differ. The first of equals by alphabet. */
    public static Optional<String> to(String typed, Collection<String> valid) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        int most = Math.max(1, typed.length() / 3);
        return valid.stream()
                .filter(name -> Math.abs(name.length() - typed.length()) <= most)
                .filter(name -> distance(typed, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
