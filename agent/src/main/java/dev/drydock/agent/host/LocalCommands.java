package dev.drydock.agent.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs on this machine, or in a root directory by {@code chroot}.
 *
 * <p>Each program leads a session of its own ({@code setsid}), so that the whole tree can be found and ended although
 * parents in it are gone. Thread-safe.
 */
public final class LocalCommands implements Commands {
    private static final Duration BEFORE_KILL = Duration.ofSeconds(10);
    /** A service started by the program may have inherited its output and keep it open for ever. */
    private static final Duration AFTER_EXIT = Duration.ofSeconds(2);

    private final HostFiles files;
    private final Duration beforeKill;

    public LocalCommands(HostFiles files) {
        this(files, BEFORE_KILL);
    }

    LocalCommands(HostFiles files, Duration beforeKill) {
        this.files = files;
        this.beforeKill = beforeKill;
    }

    @Override
    public Result run(Command command, Output output) throws IOException, InterruptedException {
        requireProgram(command.argv().getFirst());
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putAll(command.secretEnvironment());
        ProcessBuilder builder = Launch.builder(files, command.argv(), environment)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));

        Process process = builder.start();
        OutputCapture capture = new OutputCapture(output);
        List<Thread> readers = List.of(
                reader(() -> capture.drain(process.getInputStream(), true)),
                reader(() -> capture.drain(process.getErrorStream(), false)));
        try {
            boolean exited = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!exited) {
                endTree(process);
            }
            finish(process, readers);
            return new Result(exited ? process.exitValue() : -1, !exited, capture.stdout(), capture.tail());
        } catch (InterruptedException e) {
            endTree(process);
            throw e;
        }
    }

    private static Thread reader(Runnable work) {
        return Thread.ofPlatform().daemon().name("command-output").start(work);
    }

    private static void finish(Process process, List<Thread> readers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + AFTER_EXIT.toNanos();
        for (Thread reader : readers) {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            if (!reader.join(Duration.ofMillis(left))) {
                process.getInputStream().close();
                process.getErrorStream().close();
                return;
            }
        }
    }

    private void endTree(Process process) {
        ProcessTable.end(() -> ProcessTable.tree(process.pid()), beforeKill);
    }

    @Override
    public void requireProgram(String program) throws IOException {
        if (program.startsWith("/")) {
            if (isExecutable(program)) {
                return;
            }
            throw new IOException(program + " is not an executable file" + where());
        }
        for (String dir : Launch.PATH.split(":")) {
            if (isExecutable(dir + "/" + program)) {
                return;
            }
        }
        throw new IOException("program " + program + " is not in " + Launch.PATH + where());
    }

    private boolean isExecutable(String path) throws IOException {
        Path file = files.resolve(path);
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private String where() {
        return files.isWholeSystem() ? "" : " under " + files.root();
    }
}
