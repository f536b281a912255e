package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.facts.v1.Access;

/** How who may and who tried to looks to people. */
final class AccessView {
    private AccessView() {}

    static void rows(Table table, Access access) {
        String source = access.getWorstSource();
        table.row(
                "failed logins",
                atLeast(access.getFailedLogins24H()) + " within 24 hours"
                        + (access.getWorstBurst24H() == 0
                                ? ""
                                : ", " + atLeast(access.getWorstBurst24H()) + " of one source within 10 minutes"
                                        + (source.isEmpty() ? "" : " (" + source + ")")));
        // root alone is no news.
        boolean more = access.getUidZeroCount() > 1;
        table.row(Cell.of("uid 0"), new Cell(names(access.getUidZeroList()), more ? Style.WARN : Style.NONE));
        table.row(
                Cell.of("without password"),
                access.getWithoutPasswordCount() == 0
                        ? Cell.of("-")
                        : new Cell(names(access.getWithoutPasswordList()), Style.BAD));
        int open = access.getWorldWritable();
        table.row(
                Cell.of("anybody may write"),
                open == 0
                        ? Cell.of("-")
                        : new Cell(
                                open + " served: " + names(access.getWorldWritablePathsList())
                                        + (open > access.getWorldWritablePathsCount() ? " …" : ""),
                                Style.WARN));
        if (!access.getTrouble().isEmpty()) {
            table.row(Cell.of("not told"), new Cell(access.getTrouble(), Style.WARN));
        }
    }

    private static String names(Iterable<String> names) {
        String joined = String.join(" ", names);
        return joined.isEmpty() ? "-" : joined;
    }

    private static String atLeast(int rounded) {
        return rounded == 0 ? "none" : rounded < 3 ? Integer.toString(rounded) : "at least " + rounded;
    }
}
