package dev.drydock.agent;

/** A command ends without having done what was asked. The message is for a person: what, why, and the next step. */
final class CommandFailure extends Exception {
    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, message);
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
