package dev.drydock.controller;

import java.util.Optional;

/** Which controller this is. */
final class Version {
    private Version() {}

    /** From the jar's manifest. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
