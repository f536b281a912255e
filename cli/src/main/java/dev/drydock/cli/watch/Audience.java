package dev.drydock.cli.watch;

import dev.drydock.proto.v1.RolloutUpdate;

/** Shows a rollout to somebody, as it moves. All methods are called by one thread. */
interface Audience {
    void update(RolloutUpdate update);

    /** About once a second while nothing comes. */
    void tick();

    /** The controller cannot be reached; the watch goes on trying. Called once an outage. */
    void trouble(String what);

    /** Nothing more comes. Called once, after the update with which the rollout ended. */
    void ended();

    /** The person leaves. May be called by another thread, at any time; nothing is shown after it. */
    void left();

    /** The last call, also when the watch failed: leaves the terminal as it was. */
    default void close() {}
}
