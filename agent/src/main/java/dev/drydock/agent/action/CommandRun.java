package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code command.run}: one program, without a shell. The way back is the program that the playbook names for it. */
final class CommandRun implements Action {
    private static final int MOST_SHOWN = 200;

    private final ManagedHost host;

    CommandRun(ManagedHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "command.run";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        List<String> argv = argv(context.args());
        Optional<String> creates = context.args().optionalString("creates");
        if (creates.isPresent() && OnHost.get(() -> host.files().exists(creates.get()))) {
            return Plan.of(List.of());
        }
        boolean undoable = !undo(context.args()).isEmpty();
        return new Plan(
                List.of(change(argv, "run")),
                undoable ? "" : "nobody said how to undo '" + shown(argv) + "' (argument 'undo')");
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        OnHost.run(() -> {
            host.commands().requireProgram(argv(context.args()).getFirst());
            List<String> undo = undo(context.args());
            if (!undo.isEmpty()) {
                host.commands().requireProgram(undo.getFirst());
            }
        });
        return new Structs().putStrings("undo", undo(context.args())).build();
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        List<String> argv = argv(context.args());
        OnHost.run(() -> run(argv, context));
        return new Applied(List.of(change(argv, "exit code 0")));
    }

    private void run(List<String> argv, StepContext context) throws HostException, InterruptedException {
        Commands.Result result = OnHost.job(context).run(host.commands(), environment(context.args()), argv);
        if (!result.ok()) {
            throw HostException.of(shown(argv), result);
        }
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        if (interrupted) {
            throw new ActionException(
                    "'" + shown(argv(context.args())) + "' was cut off, and whether it was done cannot be told");
        }
        Optional<String> creates = context.args().optionalString("creates");
        if (creates.isPresent() && !OnHost.get(() -> host.files().exists(creates.get()))) {
            throw new ActionException(
                    "'" + shown(argv(context.args())) + "' ended with exit code 0 but did not make " + creates.get());
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        Leftovers.end(job);
        List<String> undo = Structs.strings(prepared, "undo");
        if (undo.isEmpty()) {
            job.output().line("'" + shown(argv(context.args())) + "' has no undo");
        } else {
            OnHost.run(() -> run(undo, context));
        }
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        List<String> undo = Structs.strings(prepared, "undo");
        if (undo.isEmpty()) {
            return List.of(
                    "NOT undone, since the playbook accepted that it is irreversible: " + shown(argv(context.args())));
        }
        Optional<String> creates = context.args().optionalString("creates");
        if (creates.isEmpty()) {
            return List.of("'" + shown(undo) + "' ended with exit code 0");
        }
        if (OnHost.get(() -> host.files().exists(creates.get()))) {
            throw new ActionException("'" + shown(undo) + "' ended with exit code 0 but " + creates.get()
                    + " is still there, and was not before");
        }
        return List.of("'" + shown(undo) + "' ended with exit code 0, and " + creates.get() + " is gone again");
    }

    private static List<String> argv(Args args) {
        List<String> argv = args.strings("argv");
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argument 'argv' is empty, expected a program and its arguments");
        }
        return argv;
    }

    private static List<String> undo(Args args) {
        return args.strings("undo");
    }

    private static Map<String, String> environment(Args args) {
        Map<String, String> environment = new java.util.HashMap<>();
        if (args.values().get("env") instanceof Map<?, ?> all) {
            all.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        }
        return environment;
    }

    private static Change change(List<String> argv, String to) {
        return Change.newBuilder()
                .setKind("command")
                .setName(shown(argv))
                .setTo(to)
                .build();
    }

    private static String shown(List<String> argv) {
        String line = String.join(" ", argv).replaceAll("\\s+", " ");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN - 1) + "…";
    }
}
