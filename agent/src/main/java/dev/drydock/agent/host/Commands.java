package dev.drydock.agent.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs programs on the managed system (inside its root, where that is not {@code /}). */
public interface Commands {
    /**
     * Runs one program without a shell and waits for it. Standard input is empty. The environment is clean: PATH,
     * LANG=C.UTF-8 and what the command names.
     *
     * @throws IOException when it cannot be started
     * @throws InterruptedException after the program and all its descendants were ended
     */
    Result run(Command command, Output output) throws IOException, InterruptedException;

    /**
     * Whether there is such a program: a path, or a name looked up in PATH.
     *
     * @throws IOException when there is none, or it is not executable
     */
    void requireProgram(String program) throws IOException;

    /**
     * @param timeout after it the program and all its descendants get SIGTERM, and SIGKILL ten seconds later
     * @param secretEnvironment values that are in no log, argv or report
     */
    record Command(
            List<String> argv,
            Map<String, String> environment,
            Map<String, String> secretEnvironment,
            Duration timeout) {
        public Command {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
            secretEnvironment = Map.copyOf(secretEnvironment);
        }

        public static Command of(Duration timeout, String... argv) {
            return new Command(List.of(argv), Map.of(), Map.of(), timeout);
        }

        public static Command of(Duration timeout, List<String> argv) {
            return new Command(argv, Map.of(), Map.of(), timeout);
        }
    }

    /**
     * @param stdout at most 8 MiB of it
     * @param tail the last 4 KiB of standard output and error together
     */
    record Result(int exitCode, boolean timedOut, String stdout, String tail) {
        public boolean ok() {
            return exitCode == 0 && !timedOut;
        }
    }
}
