package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code command.check}: how a program that changes nothing ends, and what it prints. */
final class CommandCheck implements Check {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Commands commands;

    CommandCheck(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "command.check";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        Job job = OnHost.job(context).silent().within(args.duration("timeout", DEFAULT_TIMEOUT));
        List<String> argv = args.strings("argv");
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argument 'argv' is empty, expected a program and its arguments");
        }
        Commands.Result result;
        try {
            result = job.run(commands, Map.of(), argv);
        } catch (HostException e) {
            return new Structs().put("error", String.valueOf(e.getMessage())).build();
        }
        if (result.timedOut()) {
            return new Structs()
                    .put("error", argv.getFirst() + " did not end in time")
                    .build();
        }
        // Programs such as `nginx -t` say what they found on standard error, which only the tail has.
        Texts texts = Texts.find(args, result.stdout() + "\n" + result.tail());
        String tail = result.tail().strip();
        return new Structs()
                .put("exitCode", (double) result.exitCode())
                .put("lastLine", tail.substring(tail.lastIndexOf('\n') + 1))
                .putStrings("missing", texts.missing())
                .putStrings("forbidden", texts.forbidden())
                .build();
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        long right = context.args().integer("exitCode", 0);
        return Judgement.of(baseline, now, seen -> problem(right, seen), CommandCheck::measured);
    }

    private static String problem(long right, Struct seen) {
        String error = Structs.string(seen, "error");
        if (!error.isEmpty()) {
            return error;
        }
        List<String> problems = new ArrayList<>();
        long exitCode = Structs.integer(seen, "exitCode");
        if (exitCode != right) {
            problems.add("exit code " + exitCode + ", expected " + right);
        }
        String texts = new Texts(Structs.strings(seen, "missing"), Structs.strings(seen, "forbidden"))
                .problem("what it prints");
        if (!texts.isEmpty()) {
            problems.add(texts);
        }
        return String.join(", ", problems);
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, "error");
        String lastLine = Structs.string(seen, "lastLine");
        return error.isEmpty()
                ? "exit code " + Structs.integer(seen, "exitCode") + (lastLine.isEmpty() ? "" : ": " + lastLine)
                : error;
    }
}
