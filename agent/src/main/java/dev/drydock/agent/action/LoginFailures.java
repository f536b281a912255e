package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.access.AuthLog;
import dev.drydock.agent.host.access.FailedLogin;
import dev.drydock.agent.host.access.LoginTally;
import dev.drydock.agent.host.logs.Journal;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Units;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code login.failures}: not too many logins failed lately, on the whole and from any one source. */
final class LoginFailures implements Check {
    private static final Duration DEFAULT_WITHIN = Duration.ofDays(1);
    private static final Duration DEFAULT_SPAN = Duration.ofMinutes(10);

    private final ManagedHost host;
    private final InstantSource clock;

    LoginFailures(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "login.failures";
    }

    @Override
    public boolean aboutThePast() {
        return true;
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        Args perSource = perSource(args);
        Instant since = clock.instant().minus(args.duration("within", DEFAULT_WITHIN));
        try {
            new Journal(host).sync(OnHost.job(context));
            List<FailedLogin> failed = new AuthLog(host, clock)
                    .since(since, OnHost.job(context).silent())
                    .failed();
            List<String> ignored = args.strings("ignore");
            LoginTally tally = LoginTally.of(
                    failed.stream().filter(l -> !ignored.contains(l.source())).toList(),
                    since,
                    perSource.duration("within", DEFAULT_SPAN));
            return new Structs()
                    .put("failed", (long) tally.failed())
                    .put("burst", (long) tally.burst())
                    .put("source", tally.source())
                    .put("looked", true)
                    .build();
        } catch (HostException | IOException e) {
            return new Structs().put("error", String.valueOf(e.getMessage())).build();
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        Args args = context.args();
        return Judgement.of(baseline, now, seen -> problem(args, seen), LoginFailures::measured);
    }

    private static String problem(Args args, Struct seen) {
        String error = Structs.string(seen, "error");
        if (!error.isEmpty()) {
            return error;
        }
        List<String> problems = new ArrayList<>();
        args.optionalInteger("atMost")
                .filter(most -> Structs.integer(seen, "failed") > most)
                .ifPresent(most -> problems.add("more than " + most + " logins failed within "
                        + Units.text(args.duration("within", DEFAULT_WITHIN))));
        Args perSource = perSource(args);
        perSource
                .optionalInteger("atMost")
                .filter(most -> Structs.integer(seen, "burst") > most)
                .ifPresent(most -> problems.add("more than " + most + " logins failed from one source within "
                        + Units.text(perSource.duration("within", DEFAULT_SPAN))));
        return String.join(", ", problems);
    }

    private static Args perSource(Args args) {
        Map<String, Object> copy = new HashMap<>();
        if (args.values().get("perSource") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        } else if (args.has("perSource")) {
            throw new IllegalArgumentException(
                    "argument 'perSource' is " + args.values().get("perSource") + ", expected atMost and within");
        }
        return new Args(copy);
    }

    private static String measured(Struct seen) {
        String source = Structs.string(seen, "source");
        String error = Structs.string(seen, "error");
        return !error.isEmpty()
                ? error
                : Structs.integer(seen, "failed") + " failed"
                        + (source.isEmpty()
                                ? ""
                                : ", at most " + Structs.integer(seen, "burst") + " at once from " + source);
    }
}
