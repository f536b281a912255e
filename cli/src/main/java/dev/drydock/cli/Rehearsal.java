package dev.drydock.cli;

import dev.drydock.cli.client.Readiness;
import java.util.ArrayList;
import java.util.List;

/**
 * Several calls of the program in one process, with {@code --then} between them, up to the first that fails: Java's cache of
 * classes is written by one process, and knows what that one did. Used by the build alone.
 */
final class Rehearsal {
    private Rehearsal() {}

    static void main(String[] args) {
        Readiness.begin(List.of(args));
        Environment environment = Main.environment();
        int exitCode = 0;
        List<String> call = new ArrayList<>();
        for (int i = 0; i <= args.length && exitCode == 0; i++) {
            if (i < args.length && !args[i].equals("--then")) {
                call.add(args[i]);
                continue;
            }
            exitCode = Main.run(environment, call.toArray(String[]::new));
            call.clear();
        }
        environment.out().flush();
        environment.err().flush();
        System.exit(exitCode);
    }
}
