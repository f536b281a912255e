package dev.drydock.controller.api;

import io.grpc.Context;

/** How far a call has come on its way in. Each step is done before the next one begins, maybe by another thread. */
final class Attempt {
    static final Context.Key<Attempt> KEY = Context.keyWithDefault("attempt", new Attempt());

    private volatile String user = "";
    private volatile boolean letIn;

    /** Of the call that is being served. */
    static Attempt current() {
        return KEY.get();
    }

    /** It is known who calls; that says nothing yet of what this user may do. */
    void by(String name) {
        user = name;
    }

    void letIn() {
        letIn = true;
    }

    String user() {
        return user;
    }

    boolean isLetIn() {
        return letIn;
    }
}
