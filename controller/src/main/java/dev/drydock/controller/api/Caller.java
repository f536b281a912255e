package dev.drydock.controller.api;

import io.grpc.Context;

/** Who makes the call that is being served: the name of the user. */
final class Caller {
    static final Context.Key<String> KEY = Context.keyWithDefault("caller", "nobody");

    private Caller() {}

    static String name() {
        return KEY.get();
    }
}
