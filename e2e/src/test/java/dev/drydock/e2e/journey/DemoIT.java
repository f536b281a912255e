package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Demo;
import dev.drydock.e2e.lab.LabExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newcomer sees first, in both of its forms. The script checks dpkg's own word; it fails when that is not as told. */
class DemoIT {
    @Test
    @ExtendWith(LabExtension.class)
    void onContainers() {
        assertThat(Demo.run("it-containers", "docker"))
                .doesNotContain("no container engine")
                .contains("Done: two hosts patched and verified, one rolled back and verified");
    }

    @Test
    void onRootDirectoriesWhereNoEngineCanBeHad() {
        assertThat(Demo.run("it-roots", "none"))
                .contains("no container engine")
                .contains("Done: two hosts patched and verified, one rolled back and verified");
    }
}
