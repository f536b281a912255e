package dev.drydock.controller.run;

/** Events were sent that do not follow the last durable one; the agent must send again from there. */
public final class RunEventGapException extends RuntimeException {
    public RunEventGapException(String runId, long lastDurable, long got) {
        super("Event " + got + " of run " + runId + " does not follow the last durable one, " + lastDurable
                + "; the agent has to send again from " + (lastDurable + 1) + ".");
    }
}
