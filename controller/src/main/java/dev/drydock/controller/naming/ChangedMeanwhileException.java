package dev.drydock.controller.naming;

/** What was to be changed is not what the caller saw: somebody else was there first. Nothing was changed. */
public final class ChangedMeanwhileException extends RuntimeException {
    /** @param what with its name, for example {@code window sunday-night} */
    public ChangedMeanwhileException(String what) {
        super("The " + what + " was changed or deleted meanwhile; look at what is there now, and try again.");
    }
}
