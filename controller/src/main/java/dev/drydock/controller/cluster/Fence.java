package dev.drydock.controller.cluster;

/** The proof that a controller may still write: each of its commits holds it. */
public interface Fence {
    /** Of a store that one process alone uses. */
    Fence NONE = new Fence() {
        @Override
        public long epoch() {
            return 0;
        }

        @Override
        public boolean held() {
            return true;
        }
    };

    /** Which term this controller leads in; 0: it is not asked for. */
    long epoch();

    /** Whether the lease has not run out by this machine's clock: when not, nothing is even tried. */
    boolean held();
}
