package dev.drydock.controller.window;

/** Another window has this name. */
public final class WindowExistsException extends RuntimeException {
    public WindowExistsException(String name) {
        super(
                "There is another window " + name
                        + " (its rule, start, zone or lengths differ). Choose another name, or put this one in its place (--replace).");
    }
}
