package dev.drydock.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Several calls of the program in one process, with {@code --then} between them, up to the first that fails: Java's cache of
 * classes is written by one process, and knows what that one did. Used by the build alone.
 */
final class Rehearsal {
    private Rehearsal() {}

    static void main(String[] args) {
        Main.Terminal terminal = Main.terminal();
        int exitCode = 0;
        List<String> call = new ArrayList<>();
        for (int i = 0; i <= args.length && exitCode == 0; i++) {
            if (i < args.length && !args[i].equals("--then")) {
                call.add(args[i]);
                continue;
            }
            exitCode = Main.run(terminal, call.toArray(String[]::new));
            call.clear();
        }
        System.exit(exitCode);
    }
}
