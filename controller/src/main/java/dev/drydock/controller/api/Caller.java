package dev.drydock.controller.api;

import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.Context;
import java.util.function.Predicate;

/** Who makes the call that is being served. Asked on the thread that serves it: elsewhere it is nobody, who may nothing. */
final class Caller {
    static final Context.Key<Principal> KEY = Context.keyWithDefault("caller", Principal.NOBODY);

    private Caller() {}

    static Principal principal() {
        return KEY.get();
    }

    /** The name of the user. */
    static String name() {
        return principal().user();
    }

    /** Which hosts the user may see; a service that tells of hosts tells of these alone. */
    static Predicate<Host> views() {
        return principal().hosts(Role.VIEWER);
    }

    static boolean may(Role least, Host host) {
        return principal().may(least, host);
    }
}
