package dev.drydock.controller.waiver;

/** What was asked of a waiver cannot be, as it stands or by who asks. */
public final class WaiverRefusedException extends RuntimeException {
    WaiverRefusedException(String why) {
        super(why);
    }
}
