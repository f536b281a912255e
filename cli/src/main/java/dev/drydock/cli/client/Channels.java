package dev.drydock.cli.client;

import io.grpc.ManagedChannel;

/** Makes connections to controllers. */
@FunctionalInterface
public interface Channels {
    /** A channel that connects on its first call. The caller shuts it down. */
    ManagedChannel open(Target target);
}
