package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.database.DatabaseServers;
import dev.drydock.playbooks.model.Args;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code sql.check}: one value that a database answers with, asked for in a transaction that cannot write. */
final class SqlCheck implements Check {
    private static final String ERROR = "error";
    private static final String VALUE = "value";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_SHOWN = 200;
    private static final Pattern READS = Pattern.compile("(?is)\\s*(select|with|show|table|values)\\b[^;]*;?\\s*");
    private static final Pattern WRITES_FILES = Pattern.compile("(?is).*\\binto\\s+(outfile|dumpfile)\\b.*");

    private final ManagedHost host;

    SqlCheck(ManagedHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "sql.check";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        Job job = OnHost.job(context).silent().within(args.duration("timeout", DEFAULT_TIMEOUT));
        String query = query(args);
        try {
            List<List<String>> rows = new DatabaseServers(host)
                    .find(args.optionalString("engine"), args.optionalString("defaultsFile"))
                    .query(args.string("database"), query, job);
            if (rows.size() != 1 || rows.getFirst().size() != 1) {
                return error("the answer has " + rows.size() + " rows"
                        + (rows.isEmpty() ? "" : " of " + rows.getFirst().size() + " values") + ", expected one value");
            }
            return new Structs().put(VALUE, rows.getFirst().getFirst()).build();
        } catch (HostException e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private static Struct error(String why) {
        return new Structs().put(ERROR, why).build();
    }

    static String query(Args args) {
        String query = args.string("query");
        if (!READS.matcher(query).matches() || WRITES_FILES.matcher(query).matches()) {
            throw new IllegalArgumentException("argument 'query' is '" + query
                    + "', expected one statement without ';' that reads: SELECT, WITH, SHOW, TABLE or VALUES");
        }
        String stripped = query.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Judgement.of(baseline, now, seen -> problem(context.args(), seen), SqlCheck::measured);
    }

    private static String problem(Args args, Struct seen) {
        String error = Structs.string(seen, ERROR);
        if (!error.isEmpty()) {
            return error;
        }
        String value = Structs.string(seen, VALUE);
        List<String> problems = new ArrayList<>();
        Object equal = args.values().get("equals");
        if (equal != null && !isEqual(String.valueOf(equal), value)) {
            problems.add("expected " + equal);
        }
        args.optionalNumber("atLeast")
                .filter(least -> number(value)
                        .filter(n -> n.compareTo(BigDecimal.valueOf(least)) >= 0)
                        .isEmpty())
                .ifPresent(least -> problems.add("expected at least " + plain(least)));
        args.optionalNumber("atMost")
                .filter(most -> number(value)
                        .filter(n -> n.compareTo(BigDecimal.valueOf(most)) <= 0)
                        .isEmpty())
                .ifPresent(most -> problems.add("expected at most " + plain(most)));
        // Without the value, which may vary: what was wrong before in the same way is no regression.
        return problems.isEmpty() ? "" : "the value is not right: " + String.join(", ", problems);
    }

    private static boolean isEqual(String expected, String value) {
        Optional<BigDecimal> left = number(expected);
        Optional<BigDecimal> right = number(value);
        return left.isPresent() && right.isPresent() ? left.get().compareTo(right.get()) == 0 : expected.equals(value);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, ERROR);
        String value = Structs.string(seen, VALUE);
        return !error.isEmpty() ? error : value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }
}
