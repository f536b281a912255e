package dev.drydock.agent.config;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends the log to a stream, a line for each record. */
public final class LogSetup {
    /** Kept, since the JDK forgets the levels of loggers that nobody holds. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private LogSetup() {}

    /**
     * @param level of Drydock's own; of libraries only warnings are told
     * @param journal whether the lines go to systemd's journal, which has its own times and wants priorities
     */
    public static void install(PrintWriter to, Level level, boolean journal) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(to, new LogLine(journal)));
        root.setLevel(level);
        // What gRPC warns of is told by the session in its own words.
        GRPC.setLevel(level.intValue() <= Level.FINE.intValue() ? Level.INFO : Level.SEVERE);
    }

    private static final class LineHandler extends Handler {
        private final PrintWriter to;
        private final LogLine line;

        LineHandler(PrintWriter to, LogLine line) {
            this.to = to;
            this.line = line;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                to.print(line.format(record));
                to.flush();
            }
        }

        @Override
        public void flush() {
            to.flush();
        }

        @Override
        public void close() {
            to.flush();
        }
    }
}
