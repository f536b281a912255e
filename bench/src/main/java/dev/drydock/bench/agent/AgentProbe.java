package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Settings;
import dev.drydock.bench.fleet.ControllerProcess;
import dev.drydock.bench.fleet.Management;
import dev.drydock.bench.grpc.BareServerProcess;
import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Median;
import dev.drydock.bench.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packed agent as a host has it, connected to the real controller, beside the bare client with the same Java and the same
 * flags, in turn: start to connection, then both idle side by side.
 */
public final class AgentProbe {
    /** Until an agent has given back what its start took. */
    private static final Duration SETTLE = Duration.ofSeconds(100);

    private static final Duration IDLE = Duration.ofSeconds(180);

    private final Clock clock;
    private final Path folder;

    /** @param folder the packed agent */
    public AgentProbe(Clock clock, Path folder) {
        this.clock = clock;
        this.folder = folder;
    }

    /** Ours, the bare one's, and the image. */
    public List<Section> run(Settings settings) throws InterruptedException {
        Launcher packed = Launcher.packed(folder.toAbsolutePath());
        try (ScratchDirectory scratch = ScratchDirectory.below(settings.directory());
                ControllerProcess controller = ControllerProcess.start(scratch.path(), settings.timeout());
                Management management = new Management(controller, clock);
                BareServerProcess server = BareServerProcess.start(scratch.path(), clock, settings.timeout())) {
            Subject ours = enrolled(packed, scratch.path(), controller, management);
            Subject bare = bare(packed, scratch.path(), server, settings.timeout());
            Starts starts = new Starts();
            Starts bareStarts = new Starts();
            // The first start reads the files from the disk.
            for (int round = 0; round <= settings.rounds(); round++) {
                starts.one(ours, settings.timeout(), round > 0);
                bareStarts.one(bare, settings.timeout(), round > 0);
            }
            List<Figure> figures = starts.figures();
            List<Figure> bareFigures = bareStarts.figures();
            idle(ours, bare, settings.timeout(), figures, bareFigures);
            return List.of(
                    new Section("agent", "The packed agent, connected to a controller on loopback", figures),
                    new Section("bare_agent", "A bare stream on the same transport, with the same Java", bareFigures),
                    new Section("image", "What goes to a host", new Image(folder).figures()));
        } catch (IOException e) {
            throw new BenchException("cannot write below " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private static Subject enrolled(Launcher packed, Path scratch, ControllerProcess controller, Management management)
            throws IOException, InterruptedException {
        Path root = Files.createDirectories(scratch.resolve("root"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "PRETTY_NAME=\"A root to measure with\"\n");
        Path token = Files.writeString(scratch.resolve("token"), management.token(1));
        String data = scratch.resolve("agent").toString();
        Process enrol = new ProcessBuilder(
                        packed.program().toString(),
                        "enroll",
                        "--controller=" + controller.agentAddress(),
                        "--token-file=" + token,
                        "--name=measured",
                        "--root=" + root,
                        "--data=" + data)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (enrol.waitFor() != 0) {
            throw new BenchException("the packed agent could not enrol");
        }
        return new Subject(packed, "run", "--data", data);
    }

    /** With a cache of its own, trained as the agent's is: by one start. */
    private static Subject bare(Launcher packed, Path scratch, BareServerProcess server, Duration timeout)
            throws IOException, InterruptedException {
        String[] arguments = {scratch.toString(), Integer.toString(server.port())};
        Path cache = scratch.resolve("bare.aot");
        Launcher training = packed.bare(scratch, "train-bare", "-XX:AOTCacheOutput=" + cache);
        try (Started once = Started.connected(training, timeout, arguments)) {
            TimeUnit.SECONDS.sleep(2);
            once.process().destroy();
            if (!once.process().waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) || !Files.exists(cache)) {
                throw new BenchException("the bare client's cache was not written within " + timeout);
            }
        }
        return new Subject(packed.bare(scratch, "bare", "-XX:AOTCache=" + cache), arguments);
    }

    private static void idle(
            Subject ours, Subject bare, Duration timeout, List<Figure> figures, List<Figure> bareFigures)
            throws InterruptedException {
        try (Started agent = ours.start(timeout);
                Started client = bare.start(timeout)) {
            TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
            Idle agentIdle = Idle.begin(agent);
            Idle clientIdle = Idle.begin(client);
            TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
            figures.addAll(agentIdle.figures());
            bareFigures.addAll(clientIdle.figures());
        }
    }

    /** Something to start again and again. */
    private record Subject(Launcher launcher, String... arguments) {
        Started start(Duration timeout) throws InterruptedException {
            return Started.connected(launcher, timeout, arguments);
        }
    }

    /** What starts took. */
    private static final class Starts {
        private final List<Double> millis = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();

        private void one(Subject subject, Duration timeout, boolean counts) throws InterruptedException {
            try (Started started = subject.start(timeout)) {
                if (counts) {
                    millis.add(started.millis());
                    cpu.add(started.cpuMillis());
                }
            }
        }

        private List<Figure> figures() {
            return new ArrayList<>(List.of(
                    new Figure("start_ms", "start to connected, median", Median.of(millis), "ms"),
                    new Figure("start_best_ms", "start to connected, best", best(millis), "ms"),
                    new Figure("start_cpu_ms", "CPU from start to connected", Median.of(cpu), "ms")));
        }

        private static double best(List<Double> values) {
            return values.stream().min(Double::compare).orElseThrow();
        }
    }
}
