package dev.drydock.agent.run;

import dev.drydock.agent.action.ActionException;
import java.io.IOException;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of a call to an action or check. Whatever it throws is a failure of that step, with three exceptions: an interrupt
 * means that the agent stops, a journal that cannot be written means that this run stops, and an {@link Error} ends the agent;
 * the journal carries the run on after each.
 */
sealed interface Attempt<T> {
    record Done<T>(T value) implements Attempt<T> {}

    /** @param retryable whether the same may succeed later: the action says so, or there was no room on a disk */
    record Failed<T>(String reason, boolean retryable, OptionalInt exitCode, String tail) implements Attempt<T> {
        private static <T> Failed<T> of(String reason, Exception e) {
            return new Failed<>(Text.line(reason), FullDisk.isCauseOf(e, ""), OptionalInt.empty(), "");
        }
    }

    /** A call to an action or check. */
    interface Call<T> {
        T call() throws ActionException, IOException, InterruptedException;
    }

    static <T> Attempt<T> of(Call<T> call) throws InterruptedException, JournalWriteException {
        Attempt<T> attempt = caught(call);
        // Reading and writing files answers an interrupt with an exception of its own.
        if (attempt instanceof Failed<T> failed && Thread.interrupted()) {
            throw new InterruptedException(failed.reason());
        }
        return attempt;
    }

    private static <T> Attempt<T> caught(Call<T> call) throws InterruptedException, JournalWriteException {
        Logger log = LoggerFactory.getLogger(Attempt.class);
        try {
            return new Done<>(call.call());
        } catch (JournalWriteException e) {
            throw e;
        } catch (ActionException e) {
            boolean retryable = e.retryable() || FullDisk.isCauseOf(e, e.tail());
            return new Failed<>(Text.line(message(e)), retryable, e.exitCode(), Text.tail(e.tail()));
        } catch (IOException e) {
            log.warn("a step failed on its own files", e);
            return Failed.of(e.toString(), e);
        } catch (IllegalArgumentException e) {
            return Failed.of(message(e), e);
        } catch (RuntimeException e) {
            log.error("a step failed unexpectedly", e);
            return Failed.of("unexpected: " + e, e);
        }
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
