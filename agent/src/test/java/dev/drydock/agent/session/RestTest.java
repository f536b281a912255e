package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestTest {
    private int given;
    private final Rest rest = new Rest(() -> given++);

    @Test
    void givesBackOnceAfterTheStart() {
        rest.quiet(false);
        rest.quiet(false);
        assertThat(given).isOne();
    }

    @Test
    void givesBackOnceMoreAfterARun() {
        rest.quiet(false);
        rest.disturbed();
        assertThat(given).isOne();
        rest.quiet(false);
        rest.quiet(false);
        assertThat(given).isEqualTo(2);
    }

    @Test
    void waitsForTheEndOfARunThatGoesOn() {
        rest.quiet(true);
        assertThat(given).isZero();
        rest.quiet(false);
        assertThat(given).isOne();
    }
}
