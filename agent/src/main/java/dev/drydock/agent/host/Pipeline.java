package dev.drydock.agent.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Programs of the managed system that run at once, each reading what the one before it writes, from a file of this machine and
 * into one. The bytes pass by the agent: nothing of them is in its memory. Immutable.
 *
 * <p>The files are opened by the agent, so that they may lie where the programs cannot reach: outside of their root, or in a
 * directory that is closed to their user.
 */
public final class Pipeline {
    private static final File NOTHING = new File("/dev/null");
    private static final Duration BEFORE_KILL = Duration.ofSeconds(10);
    /** What a program ends with when the one that read from it is gone: never the cause. */
    private static final int BROKEN_PIPE = 128 + 13;

    private final HostFiles files;
    private final List<Program> programs;
    private final Path from;
    private final Optional<Path> into;

    private Pipeline(HostFiles files, List<Program> programs, Path from, Optional<Path> into) {
        this.files = files;
        this.programs = List.copyOf(programs);
        this.from = from;
        this.into = into;
    }

    /** @param fine exit codes that are no failure */
    private record Program(List<String> argv, Map<String, String> environment, Set<Integer> fine) {}

    /** Of no programs yet; reads nothing, and what the last program writes is output of the job. */
    public static Pipeline on(HostFiles files) {
        return new Pipeline(files, List.of(), NOTHING.toPath(), Optional.empty());
    }

    public Pipeline then(String... argv) {
        return then(List.of(argv), Map.of(), Set.of(0));
    }

    public Pipeline then(List<String> argv, Map<String, String> environment) {
        return then(argv, environment, Set.of(0));
    }

    public Pipeline then(List<String> argv, Map<String, String> environment, Set<Integer> fine) {
        List<Program> more = new ArrayList<>(programs);
        more.add(new Program(List.copyOf(argv), Map.copyOf(environment), Set.copyOf(fine)));
        return new Pipeline(files, more, from, into);
    }

    public Pipeline thenAll(List<List<String>> argvs) {
        Pipeline all = this;
        for (List<String> argv : argvs) {
            all = all.then(argv, Map.of());
        }
        return all;
    }

    public Pipeline from(Path file) {
        return new Pipeline(files, programs, file, into);
    }

    /** What was in the file is gone; a new one is open for the agent alone. It is not yet durable when {@link #run} returns. */
    public Pipeline into(Path file) {
        return new Pipeline(files, programs, from, Optional.of(file));
    }

    /**
     * Runs them and waits for all.
     *
     * @throws HostException when one cannot be started, fails, or does not end in the job's time; names the one to blame
     * @throws InterruptedException after all of them and their descendants were ended
     */
    public void run(Job job) throws HostException, InterruptedException {
        answer(job);
    }

    /**
     * As {@link #run}.
     *
     * @return what the last program wrote, at most 8 MiB of it, where that goes into no file
     */
    public String answer(Job job) throws HostException, InterruptedException {
        Duration left = job.timeLeft().get();
        if (!left.isPositive()) {
            throw new HostException("no time is left to run " + name(0));
        }
        long deadline = System.nanoTime() + left.toNanos();
        List<OutputCapture> captures =
                programs.stream().map(any -> new OutputCapture(job.output())).toList();
        List<Process> processes = start(job.mark());
        List<Thread> readers = readers(processes, captures);
        boolean ended = false;
        try {
            ended = awaitAll(processes, deadline);
            for (Thread reader : readers) {
                reader.join(Duration.ofSeconds(2));
            }
        } finally {
            if (!ended) {
                endAll(processes);
            }
        }
        judge(processes, captures, !ended);
        return captures.getLast().stdout();
    }

    private List<Process> start(String mark) throws HostException {
        List<ProcessBuilder> builders = new ArrayList<>();
        LocalCommands lookup = new LocalCommands(files);
        try {
            for (Program program : programs) {
                lookup.requireProgram(program.argv().getFirst());
                Map<String, String> environment = new HashMap<>(program.environment());
                if (!mark.isEmpty()) {
                    environment.put(Job.MARK, mark);
                }
                builders.add(Launch.builder(files, program.argv(), environment));
            }
            builders.getFirst().redirectInput(from.toFile());
            if (into.isPresent()) {
                createPrivate(into.get());
                builders.getLast().redirectOutput(into.get().toFile());
            }
            return ProcessBuilder.startPipeline(builders);
        } catch (IOException e) {
            throw new HostException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private List<Thread> readers(List<Process> processes, List<OutputCapture> captures) {
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            Process process = processes.get(i);
            OutputCapture capture = captures.get(i);
            readers.add(reader(() -> capture.drain(process.getErrorStream(), false)));
        }
        if (into.isEmpty()) {
            readers.add(
                    reader(() -> captures.getLast().drain(processes.getLast().getInputStream(), true)));
        }
        return readers;
    }

    private static Thread reader(Runnable work) {
        return Thread.ofPlatform().daemon().name("pipeline-output").start(work);
    }

    private static boolean awaitAll(List<Process> processes, long deadline) throws InterruptedException {
        for (Process process : processes) {
            if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    private static void endAll(List<Process> processes) {
        for (Process process : processes) {
            ProcessTable.end(() -> ProcessTable.tree(process.pid()), BEFORE_KILL);
        }
    }

    /** The first that failed is to blame, unless it only lost who read from it; what failed after it is told too. */
    private void judge(List<Process> processes, List<OutputCapture> captures, boolean timedOut) throws HostException {
        List<Integer> failed = new ArrayList<>();
        List<Integer> brokenPipes = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            int exit = timedOut ? -1 : processes.get(i).exitValue();
            if (!programs.get(i).fine().contains(exit)) {
                boolean lost = exit == BROKEN_PIPE || why(captures.get(i)).contains("Broken pipe");
                (lost ? brokenPipes : failed).add(i);
            }
        }
        failed.addAll(brokenPipes);
        if (failed.isEmpty()) {
            return;
        }
        int first = failed.getFirst();
        StringBuilder why = new StringBuilder(why(captures.get(first)));
        for (int other : failed.subList(1, failed.size())) {
            if (!timedOut && !brokenPipes.contains(other)) {
                why.append("; then ").append(name(other)).append(": ").append(why(captures.get(other)));
            }
        }
        OutputCapture capture = captures.get(first);
        int exit = timedOut ? -1 : processes.get(first).exitValue();
        throw HostException.of(
                name(first),
                new Commands.Result(exit, timedOut, capture.stdout(), capture.tail()),
                false,
                why.toString());
    }

    /** The last line that says something. */
    private static String why(OutputCapture capture) {
        return capture.tail()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains("Exiting with failure status"))
                .reduce((before, last) -> last)
                .orElse("no output");
    }

    private String name(int index) {
        return programs.get(index).argv().getFirst();
    }
}
