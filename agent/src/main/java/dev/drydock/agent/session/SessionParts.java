package dev.drydock.agent.session;

import dev.drydock.agent.identity.Renewer;
import dev.drydock.agent.run.Runs;
import dev.drydock.agent.run.TimeSource;
import java.util.concurrent.BlockingQueue;

/**
 * What all connections of a session have in common.
 *
 * @param events what the session's thread is told, by any thread
 */
record SessionParts(
        Greeting greeting,
        Runs runs,
        TimeSource time,
        Credentials credentials,
        Renewer renewer,
        KnownFacts facts,
        FactsWatch factsWatch,
        Desk desk,
        ControllerArtifacts artifacts,
        StatusBoard board,
        Runnable quiet,
        BlockingQueue<SessionEvent> events) {
    Moment now() {
        return Moment.of(time);
    }
}
