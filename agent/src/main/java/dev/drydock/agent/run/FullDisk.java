package dev.drydock.agent.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a failure for want of room, which may be gone a moment later, wherever in an action it happened. Java has no type
 * for it: what tells is the text that the C library has for ENOSPC and EDQUOT, in a message or in what a program printed. The
 * agent and all that it starts speak the C locale's messages for this.
 */
final class FullDisk {
    private static final List<String> SAID = List.of("No space left on device", "Disk quota exceeded");
    private static final int DEEPEST = 20;

    private FullDisk() {}

    /** @param tail the last lines of what a program printed; empty when there was none */
    static boolean isCauseOf(Throwable failure, String tail) {
        if (says(tail)) {
            return true;
        }
        @Nullable Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (says(at.getMessage())) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private static boolean says(@Nullable String text) {
        return text != null && SAID.stream().anyMatch(text::contains);
    }
}
