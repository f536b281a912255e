package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentPlaneSettingsTest {
    private static final AgentPlaneSettings DEFAULTS =
            AgentPlaneSettings.defaults(new InetSocketAddress(0), "0.1.0", Duration.ofDays(30));

    /** docs/security.md and docs/protocol.md say so. */
    @Test
    void aHostCountsAsOfflineAfterNinetySecondsOfSilence() {
        assertThat(DEFAULTS.silence()).isEqualTo(Duration.ofSeconds(90));
        assertThat(DEFAULTS.looks()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theLateNoticeIsASmallPartOfTheWaitAndNeverShorterThanATick() {
        assertThat(DEFAULTS.looks().multipliedBy(12)).isLessThanOrEqualTo(DEFAULTS.offerAgain());
        assertThat(DEFAULTS.looks()).isGreaterThanOrEqualTo(DEFAULTS.tick());
    }
}
