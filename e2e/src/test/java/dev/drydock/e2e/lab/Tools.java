package dev.drydock.e2e.lab;

import java.util.ArrayList;
import java.util.List;

/** Programs of this machine that tests use. */
public final class Tools {
    private Tools() {}

    /**
     * Installs the Debian packages of what is absent.
     *
     * @param programs each as {@code COMMAND=PACKAGE}
     * @throws IllegalStateException something is absent and cannot be installed; the message says what to install
     */
    public static void ensure(String... programs) {
        List<String> command = new ArrayList<>(
                List.of("tools.sh", Repository.root().resolve("e2e/target").toString()));
        command.addAll(List.of(programs));
        LabImages.script(command);
    }
}
