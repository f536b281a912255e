package dev.drydock.agent.session;

/**
 * Gives memory back once nothing happens any more: what the start or a run left is garbage then, and an agent waits for months.
 * For one thread.
 */
final class Rest {
    private final Runnable giveBack;
    private boolean untidy = true;

    Rest(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /** A run ended. */
    void disturbed() {
        untidy = true;
    }

    /**
     * Nothing came in for a whole heartbeat.
     *
     * @param busy whether a run goes on all the same
     */
    void quiet(boolean busy) {
        if (untidy && !busy) {
            untidy = false;
            giveBack.run();
        }
    }
}
