package dev.drydock.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void onlyCallsThatAskAControllerGetReady() {
        assertThat(asks("host list")).isTrue();
        assertThat(asks("--output json host list")).isTrue();
        assertThat(asks("login --address ctl:8443")).isTrue();
        assertThat(asks("host list --help")).isFalse();
        assertThat(asks("version")).isFalse();
        assertThat(asks("playbook lint web.yaml")).isFalse();
        assertThat(Readiness.asks(List.of())).isFalse();
    }

    private static boolean asks(String call) {
        return Readiness.asks(List.of(call.split(" ")));
    }
}
