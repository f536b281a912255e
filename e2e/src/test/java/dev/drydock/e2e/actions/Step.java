package dev.drydock.e2e.actions;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.Action.Applied;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionCatalog;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.facts.Self;
import dev.drydock.agent.facts.SystemFacts;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.wordpress.SiteLog;
import dev.drydock.playbooks.model.Args;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One step on a root directory, driven as the engine drives it: each call with a new action that knows nothing of the last. */
final class Step {
    private static final Duration TIME = Duration.ofMinutes(5);

    private final Path root;
    private final Path workDir;
    private final String action;
    private final Args args;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Step(Path root, Path workDir, String action, Map<String, Object> args) {
        this.root = root;
        this.workDir = workDir;
        this.action = action;
        this.args = new Args(args);
    }

    Plan plan() throws ActionException, IOException, InterruptedException {
        return action().plan(context(TIME));
    }

    Struct prepare() throws ActionException, IOException, InterruptedException {
        return action().prepare(context(TIME), plan());
    }

    Applied apply(Struct prepared) throws ActionException, IOException, InterruptedException {
        return apply(prepared, TIME);
    }

    Applied apply(Struct prepared, Duration time) throws ActionException, IOException, InterruptedException {
        return action().apply(context(time), prepared);
    }

    void verify(Struct prepared, boolean interrupted) throws ActionException, IOException, InterruptedException {
        action().verify(context(TIME), prepared, interrupted);
    }

    /** @return the evidence */
    List<String> rollBack(Struct prepared) throws ActionException, IOException, InterruptedException {
        return rollBack(prepared, TIME);
    }

    List<String> rollBack(Struct prepared, Duration time) throws ActionException, IOException, InterruptedException {
        action().rollback(context(time), prepared);
        return action().verifyRollback(context(TIME), prepared);
    }

    /** The same call in a process of its own, which a test can kill. */
    Process inAnotherProcess(String call, Struct prepared) throws IOException {
        Path undo = Files.write(Files.createTempFile("undo", ".bin"), prepared.toByteArray());
        Path stepArgs =
                Files.writeString(Files.createTempFile("args", ".txt"), String.join("\n", args.strings("packages")));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Step.class.getName(),
                        call,
                        root.toString(),
                        workDir.toString(),
                        stepArgs.toString(),
                        undo.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Carries out one call of {@code os.packages}: CALL ROOT WORK_DIR FILE_OF_PACKAGES FILE_OF_UNDO. */
    public static void main(String[] arguments) throws Exception {
        List<String> packages = Files.readAllLines(Path.of(arguments[3]));
        Step step = new Step(Path.of(arguments[1]), Path.of(arguments[2]), "os.packages", Map.of("packages", packages));
        Struct prepared = Struct.parseFrom(Files.readAllBytes(Path.of(arguments[4])));
        switch (arguments[0]) {
            case "apply" -> step.apply(prepared);
            case "rollback" -> step.rollBack(prepared);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    String output() {
        synchronized (written) {
            return written.toString(StandardCharsets.UTF_8);
        }
    }

    private Action action() throws IOException {
        ManagedHost host = ManagedHost.open(root);
        SystemFacts facts = new SystemFacts(host, workDir, new Self("h-test", "test", "test"), InstantSource.system());
        return new ActionCatalog(
                        host,
                        facts,
                        new BackupLog(workDir),
                        Artifacts.NONE,
                        new SiteLog(workDir),
                        InstantSource.system())
                .action(action)
                .orElseThrow();
    }

    private StepContext context(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Output output = (bytes, offset, length) -> {
            synchronized (written) {
                written.write(bytes, offset, length);
            }
        };
        return new StepContext(args, output, workDir, () -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
}
