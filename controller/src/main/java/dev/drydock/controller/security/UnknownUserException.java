package dev.drydock.controller.security;

/** There is no user of this name. */
public final class UnknownUserException extends RuntimeException {
    private final String name;

    public UnknownUserException(String name) {
        super("There is no user '" + name + "'.");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
