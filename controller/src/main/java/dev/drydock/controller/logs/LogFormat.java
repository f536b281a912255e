package dev.drydock.controller.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the log is written. */
public enum LogFormat {
    /** As logback.xml says: a line for people. */
    TEXT,
    /** {@link JsonLines}. */
    JSON;

    /** For all that is logged from now on. */
    public void use() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(context);
        }
    }

    void use(LoggerContext context) {
        Iterator<Appender<ILoggingEvent>> all =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (this == JSON && all.hasNext()) {
            if (all.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
                JsonLines lines = new JsonLines();
                lines.setContext(context);
                lines.start();
                stream.setEncoder(lines);
            }
        }
    }
}
