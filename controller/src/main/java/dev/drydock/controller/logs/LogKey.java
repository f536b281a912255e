package dev.drydock.controller.logs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What a line of the log is about, beside its words. Kept with the thread that does the work. */
public enum LogKey {
    /** Full name of the method of the API. */
    CALL,
    /** Who calls it. */
    USER,
    /** Of a failure that a client was told only the id of. */
    ERROR,
    HOST,
    ROLLOUT,
    RUN;

    /** As it stands in the log. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this thread writes until the scope is closed carries the value; then what was there before. To be closed by this thread. */
    public Scope with(String value) {
        @Nullable String before = MDC.get(word());
        MDC.put(word(), value);
        return () -> {
            if (before == null) {
                MDC.remove(word());
            } else {
                MDC.put(word(), before);
            }
        };
    }

    /** Until when a value counts. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
