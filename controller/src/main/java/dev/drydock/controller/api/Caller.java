package dev.drydock.controller.api;

import dev.drydock.proto.facts.v1.Host;
import io.grpc.Context;
import java.util.function.Predicate;

/** Who makes the call that is being served. */
final class Caller {
    static final Context.Key<String> KEY = Context.keyWithDefault("caller", "nobody");

    private Caller() {}

    /** The name of the user. */
    static String name() {
        return KEY.get();
    }

    /** Which hosts the user may see; a service that tells of hosts tells of these alone. */
    static Predicate<Host> views() {
        return host -> true;
    }
}
