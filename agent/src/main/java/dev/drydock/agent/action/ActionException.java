package dev.drydock.agent.action;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A failure of an action: its cause, a line for the operator, and whether a retry can help. */
public final class ActionException extends Exception {
    private final boolean retryable;
    private final OptionalInt exitCode;
    private final String tail;

    public ActionException(String message) {
        this(message, false, OptionalInt.empty(), "", null);
    }

    public ActionException(String message, Throwable cause) {
        this(message, false, OptionalInt.empty(), "", cause);
    }

    /**
     * @param message one line: what, where, why
     * @param retryable whether the same call may succeed later (a lock that was held, a network that was down)
     * @param tail the last lines of the command's output; empty when there was none
     */
    public ActionException(
            String message, boolean retryable, OptionalInt exitCode, String tail, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.exitCode = exitCode;
        this.tail = tail;
    }

    public boolean retryable() {
        return retryable;
    }

    public OptionalInt exitCode() {
        return exitCode;
    }

    public String tail() {
        return tail;
    }
}
