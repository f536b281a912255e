package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HttpGet;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code http.check}: the answer to a GET, as seen from the host. */
final class HttpCheck implements Check {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final long OK = 200;

    @Override
    public String name() {
        return "http.check";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        Duration timeout = args.duration("timeout", DEFAULT_TIMEOUT);
        Duration left = context.timeLeft().get();
        Duration most = timeout.compareTo(left) < 0 ? timeout : left;
        HttpGet.Answer answer = HttpGet.ask(args.string("url"), args.flag("followRedirects", false), most);
        Duration took = left.minus(context.timeLeft().get());
        Texts texts = answer.error().isEmpty() ? Texts.find(args, answer.body()) : new Texts(List.of(), List.of());
        return new Structs()
                .put("status", answer.status())
                .put("error", answer.error())
                .put("ms", Math.max(1, took.toMillis()))
                .putStrings("missing", texts.missing())
                .putStrings("forbidden", texts.forbidden())
                .build();
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        List<Long> right = statuses(context.args());
        return Judgement.of(baseline, now, seen -> problem(right, seen), HttpCheck::measured);
    }

    private static String problem(List<Long> right, Struct seen) {
        String error = Structs.string(seen, "error");
        if (!error.isEmpty()) {
            return error;
        }
        List<String> problems = new ArrayList<>();
        long status = Structs.integer(seen, "status");
        if (!right.contains(status)) {
            problems.add("the status is " + status + ", expected "
                    + right.stream()
                            .map(String::valueOf)
                            .reduce((a, b) -> a + " or " + b)
                            .orElse(""));
        }
        String texts =
                new Texts(Structs.strings(seen, "missing"), Structs.strings(seen, "forbidden")).problem("the body");
        if (!texts.isEmpty()) {
            problems.add(texts);
        }
        return String.join(", ", problems);
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, "error");
        String what = error.isEmpty() ? String.valueOf(Structs.integer(seen, "status")) : error;
        return what + (error.isEmpty() ? " in " : " after ") + Structs.integer(seen, "ms") + " ms";
    }

    /** One status or a list of them. */
    private static List<Long> statuses(Args args) {
        Object value = args.values().getOrDefault("status", OK);
        List<Long> all = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            if (!(item instanceof Long status)) {
                throw new IllegalArgumentException(
                        "argument 'status' is " + value + ", expected an HTTP status or a list of them");
            }
            all.add(status);
        }
        return all;
    }
}
