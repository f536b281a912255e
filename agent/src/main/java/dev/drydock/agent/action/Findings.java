package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a review found, a line each. Only so many lines are kept, and the number of all. Judged by set difference: what was there
 * before the change is no regression.
 */
final class Findings {
    static final int MOST_KEPT = 200;

    private static final String FOUND = "found";
    private static final String COUNT = "count";
    private static final String OF = "of";
    private static final String ERROR = "error";
    private static final int MOST_SHOWN = 10;

    private Findings() {}

    /** @param of what was looked at, for people: {@code 14 accounts} */
    static Struct seen(Collection<String> found, String of) {
        return new Structs()
                .putStrings(
                        FOUND, new TreeSet<>(found).stream().limit(MOST_KEPT).toList())
                .put(COUNT, (long) found.size())
                .put(OF, of)
                .build();
    }

    static Struct error(Exception why) {
        return new Structs().put(ERROR, String.valueOf(why.getMessage())).build();
    }

    /** @param atMost how many there may be */
    static Finding judge(Struct baseline, Struct now, long atMost) {
        boolean compare = baseline.getFieldsCount() > 0;
        String measured = measured(now) + (compare ? " (before: " + measured(baseline) + ")" : "");
        String error = Structs.string(now, ERROR);
        if (!error.isEmpty()) {
            return compare && error.equals(Structs.string(baseline, ERROR))
                    ? Finding.holds(measured + ", no regression")
                    : Finding.fails(measured, error);
        }
        long count = Structs.integer(now, COUNT);
        if (count <= atMost) {
            return Finding.holds(measured);
        }
        Set<String> fresh = new TreeSet<>(Structs.strings(now, FOUND));
        fresh.removeAll(new HashSet<>(Structs.strings(baseline, FOUND)));
        boolean known = compare && Structs.string(baseline, ERROR).isEmpty();
        // Beyond what is kept only numbers can be compared.
        boolean more = count > Structs.integer(baseline, COUNT) || count <= MOST_KEPT && !fresh.isEmpty();
        return known && !more
                ? Finding.holds(measured + ", no regression")
                : Finding.fails(measured, shown(known && !fresh.isEmpty() ? fresh : Structs.strings(now, FOUND)));
    }

    private static String shown(Collection<String> found) {
        List<String> first = found.stream().limit(MOST_SHOWN).toList();
        return String.join("; ", first) + (found.size() > MOST_SHOWN ? "; and more" : "");
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, ERROR);
        long count = Structs.integer(seen, COUNT);
        return error.isEmpty()
                ? Structs.string(seen, OF) + ", " + count + (count == 1 ? " finding" : " findings")
                : error;
    }
}
