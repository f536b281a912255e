package dev.drydock.agent.host;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The managed system did not do what was asked: why, in one line, and whether asking again may help. */
public final class HostException extends Exception {
    private final boolean retryable;
    private final OptionalInt exitCode;
    private final String tail;

    /** @param message one line: what, where, why, and the next step where there is one */
    public HostException(String message) {
        this(message, false, OptionalInt.empty(), "", null);
    }

    public HostException(String message, Throwable cause) {
        this(message, false, OptionalInt.empty(), "", cause);
    }

    private HostException(
            String message, boolean retryable, OptionalInt exitCode, String tail, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.exitCode = exitCode;
        this.tail = tail;
    }

    /** A failure that may be gone later: a lock that is held, an archive that does not answer. */
    public static HostException retryable(String message) {
        return new HostException(message, true, OptionalInt.empty(), "", null);
    }

    /** A command that ended with a failure or did not end in time. */
    public static HostException of(String what, Commands.Result result) {
        return of(what, result, false);
    }

    public static HostException of(String what, Commands.Result result, boolean retryable) {
        String last = result.tail().strip();
        return of(
                what,
                result,
                retryable,
                last.substring(last.lastIndexOf('\n') + 1).strip());
    }

    /** @param why one line that says more than the last of the output; may be empty */
    public static HostException of(String what, Commands.Result result, boolean retryable, String why) {
        String how = result.timedOut() ? "did not end in time" : "ended with exit code " + result.exitCode();
        return new HostException(
                what + " " + how + (why.isEmpty() ? "" : ": " + why),
                retryable,
                result.timedOut() ? OptionalInt.empty() : OptionalInt.of(result.exitCode()),
                result.tail(),
                null);
    }

    /** The same failure, told from further away. */
    public HostException in(String what) {
        return new HostException(what + ": " + getMessage(), retryable, exitCode, tail, this);
    }

    public boolean retryable() {
        return retryable;
    }

    public OptionalInt exitCode() {
        return exitCode;
    }

    /** The last lines of the command's output; empty when there was none. */
    public String tail() {
        return tail;
    }
}
