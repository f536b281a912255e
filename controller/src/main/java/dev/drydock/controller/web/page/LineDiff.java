package dev.drydock.controller.web.page;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, by the longest common subsequence of their lines. Playbooks are short: the plain algorithm does. */
public final class LineDiff {
    private LineDiff() {}

    static List<Row> of(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Row> rows = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                rows.add(new Row(' ', before.get(i)));
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                rows.add(new Row('-', before.get(i)));
                i++;
            } else {
                rows.add(new Row('+', after.get(j)));
                j++;
            }
        }
        return rows;
    }

    /** @param sign {@code '-'}: only before; {@code '+'}: only after; a space: in both */
    public record Row(char sign, String text) {}
}
