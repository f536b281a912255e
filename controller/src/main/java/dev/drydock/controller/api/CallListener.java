package dev.drydock.controller.api;

import io.grpc.Status;
import java.time.Duration;

/** Told of each call of the API that has ended, also of those that were refused: must return at once and not throw. */
@FunctionalInterface
public interface CallListener {
    /**
     * @param method {@code Service/Method}: one of the API's, never what a client made up
     * @param stream whether it answers more than once: then it takes as long as its client listens
     */
    void callEnded(String method, boolean stream, Status.Code code, Duration took);
}
