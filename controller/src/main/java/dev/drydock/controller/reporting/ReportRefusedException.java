package dev.drydock.controller.reporting;

/** A report cannot be made for its owner; the message says why. */
public final class ReportRefusedException extends Exception {
    public ReportRefusedException(String why) {
        super(why);
    }
}
