package dev.drydock.controller.agents;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the agent plane behaves.
 *
 * @param listen port 0: any free one
 * @param version of this controller, for messages
 * @param protocolMin lowest protocol version that is spoken
 * @param protocolMax highest
 * @param certificateLifetime of agents; they renew when two thirds of it are over
 * @param heartbeat how often an agent says that it is there
 * @param missedHeartbeats so many later a silent stream is cut
 * @param probe how long a host's older stream has to give a sign of life before a newer one takes its place
 * @param offerAgain after which an offer without an answer is sent again
 * @param writeSightings how often it is put on record when hosts were last seen: a controller that dies knows it as of then
 * @param tick how often it is looked which of two agents of one identity goes on; sessions whose time has come are looked at once a {@link #looks}
 * @param reconnectSpread agents that are sent away come back at a random instant within this time
 * @param retryLater when an agent comes back that cannot be served now for a reason that takes a while
 * @param handshakes how many TLS handshakes go on at a time; further connections wait before they are accepted
 * @param handshakeTimeout after which a connection without a finished handshake is closed
 */
public record AgentPlaneSettings(
        InetSocketAddress listen,
        String version,
        int protocolMin,
        int protocolMax,
        Duration certificateLifetime,
        Duration heartbeat,
        int missedHeartbeats,
        Duration probe,
        Duration offerAgain,
        Duration writeSightings,
        Duration tick,
        Duration reconnectSpread,
        Duration retryLater,
        int handshakes,
        Duration handshakeTimeout) {
    private static final int LOOKS = 12;

    public static AgentPlaneSettings defaults(InetSocketAddress listen, String version, Duration certificateLifetime) {
        return new AgentPlaneSettings(
                listen,
                version,
                1,
                1,
                certificateLifetime,
                Duration.ofSeconds(45),
                2,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                128,
                Duration.ofSeconds(10));
    }

    Duration silence() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }

    /**
     * How often it is looked for sessions that are silent or out of date and offers without an answer. So much later than
     * it could such a one is dealt with: a small part of what it was waited for before, for a look at many thousands.
     */
    Duration looks() {
        Duration shortest = silence().compareTo(offerAgain) < 0 ? silence() : offerAgain;
        Duration part = shortest.dividedBy(LOOKS);
        return part.compareTo(tick) > 0 ? part : tick;
    }
}
