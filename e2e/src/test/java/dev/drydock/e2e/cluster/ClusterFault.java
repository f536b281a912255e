package dev.drydock.e2e.cluster;

/** What strikes the controllers, their database, or what is between them. As many rounds as there are play each once. */
enum ClusterFault {
    /** kill -9 of whoever leads. */
    KILL_LEADER,
    /** The leader's line to the database carries nothing any more, and neither end is told. */
    SILENCE_DATABASE_OF_LEADER,
    /** Stopped in the middle of whatever it does, as a machine that is paused; it goes on later. */
    FREEZE_LEADER,
    /** PostgreSQL ends at once and recovers from its log. */
    CRASH_DATABASE,
    /** Nothing that others hand on comes to the leader, and neither end is told; whoever comes to it directly is served. */
    SILENCE_PEERS,
    KILL_FOLLOWER,
    /** All connections of the leader to the database are reset, and none is let through. */
    CUT_DATABASE_OF_LEADER,
    FREEZE_FOLLOWER,
    SILENCE_DATABASE_OF_FOLLOWER,
    /** What others hand on to the leader is reset, and none of it is let through. */
    CUT_PEERS,
    /** The leader is stopped in order. */
    STOP_LEADER,
    /** Half of the agents die, and come back from their journals. */
    KILL_AGENTS
}
