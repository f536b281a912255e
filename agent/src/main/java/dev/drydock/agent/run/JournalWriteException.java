package dev.drydock.agent.run;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The journal could not be written. Where the run stands is known only after its journal was read again. */
final class JournalWriteException extends IOException {
    JournalWriteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
