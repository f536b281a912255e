package dev.drydock.controller.waiver;

/** Another waiver has this name. */
public final class WaiverExistsException extends RuntimeException {
    WaiverExistsException(String name) {
        super("There is another waiver " + name
                + ". Waivers are never changed: choose another name, and revoke that one.");
    }
}
