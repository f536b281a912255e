package dev.drydock.bench.process;

/** What must still be done when this JVM is told to end in the middle of a run. */
final class ShutdownHooks {
    private ShutdownHooks() {}

    static void add(Thread hook) {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Does nothing while the JVM is ending: the hook runs then. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hooks run at this moment.
        }
    }
}
