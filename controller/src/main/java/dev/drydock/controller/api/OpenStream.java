package dev.drydock.controller.api;

/** An answer that goes on until something ends. */
interface OpenStream {
    /** Something may have changed. Returns at once. */
    void wake();

    /** The controller stops: end with UNAVAILABLE, so that the client comes back. Returns at once. */
    void stop();
}
