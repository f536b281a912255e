package dev.drydock.bench.process;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets through warnings and errors only, in the processes of the benchmark: logging would be measured with the rest. */
public final class QuietLogs {
    private static final Logger JDK_ROOT = Logger.getLogger("");

    private QuietLogs() {}

    /** Call first, before a library has asked for a logger. */
    public static void install() {
        System.setProperty("logback.configurationFile", "dev/drydock/bench/logback.xml");
        JDK_ROOT.setLevel(Level.WARNING);
    }
}
