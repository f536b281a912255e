package dev.drydock.cli;

/** An end that the operator has to know of: what went wrong and where, the next step to take, and the exit code. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String nextStep;

    private CliException(int exitCode, String message, String nextStep) {
        super(message);
        this.exitCode = exitCode;
        this.nextStep = nextStep;
    }

    /** Something that was tried did not work. */
    public static CliException failed(String message, String nextStep) {
        return new CliException(ExitCode.FAILED, message, nextStep);
    }

    /** The call itself is wrong: nothing was tried. */
    public static CliException usage(String message, String nextStep) {
        return new CliException(ExitCode.USAGE, message, nextStep);
    }

    /** A rule or a person said no: nothing was changed. */
    public static CliException refused(String message, String nextStep) {
        return new CliException(ExitCode.REFUSED, message, nextStep);
    }

    /** The same end, seen from further out. */
    public CliException withExitCode(int code, String message, String next) {
        CliException further = new CliException(code, message, next);
        further.initCause(this);
        return further;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What the operator can do now; empty where the message says it all. */
    public String nextStep() {
        return nextStep;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
