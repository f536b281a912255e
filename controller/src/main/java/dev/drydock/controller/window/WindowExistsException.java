package dev.drydock.controller.window;

/** Another window has this name. */
public final class WindowExistsException extends RuntimeException {
    public WindowExistsException(String name) {
        super("There is another window " + name
                + " (its rule, start, zone or lengths differ). Delete it first, or choose another name.");
    }
}
