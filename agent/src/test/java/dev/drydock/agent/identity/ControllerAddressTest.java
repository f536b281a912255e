package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControllerAddressTest {
    @Test
    void readsNamesAndAddressesWithAndWithoutPort() {
        assertThat(ControllerAddress.parse("ops.example.org")).contains(new ControllerAddress("ops.example.org", 7443));
        assertThat(ControllerAddress.parse("10.0.0.5:8000")).contains(new ControllerAddress("10.0.0.5", 8000));
        assertThat(ControllerAddress.parse("[fd00::5]:8000")).contains(new ControllerAddress("fd00::5", 8000));
        assertThat(ControllerAddress.parse("[fd00::5]")).contains(new ControllerAddress("fd00::5", 7443));
    }

    @Test
    void readsBackWhatItPrints() {
        for (ControllerAddress address :
                new ControllerAddress[] {new ControllerAddress("a", 1), new ControllerAddress("fd00::5", 65_535)}) {
            assertThat(ControllerAddress.parse(address.toString())).contains(address);
        }
    }

    @Test
    void anythingElseIsNoAddress() {
        for (String text : new String[] {
            "",
            ":7443",
            "ops:",
            "ops:0",
            "ops:65536",
            "ops:x",
            "http://ops:7443",
            "fd00::5",
            "[ops]:7443",
            "[fd00::5]7",
            "a b"
        }) {
            assertThat(ControllerAddress.parse(text)).as(text).isEmpty();
        }
    }
}
