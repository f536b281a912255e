package dev.drydock.controller;

import dev.drydock.controller.cluster.Leases;
import dev.drydock.controller.security.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files that every controller of a fleet must have the same: its CA with the key, and the key that seals second factors. They are not in
 * the database, so that who reads that cannot issue certificates; only their digests are.
 */
final class FleetSecrets {
    private static final List<String> FILES = List.of("ca.crt", "ca.key", "totp.key");

    private FleetSecrets() {}

    /** @throws StartException when the fleet has others than this data directory */
    static void require(Leases leases, Path data) throws StartException, IOException {
        List<String> wrong = new ArrayList<>();
        for (String file : FILES) {
            Optional<String> agreed = leases.agreed(file);
            if (agreed.isPresent() && !agreed.equals(digest(data.resolve(file)))) {
                wrong.add(file);
            }
        }
        if (!wrong.isEmpty()) {
            throw new StartException(
                    "The fleet of this database has another " + String.join(", ", wrong) + " than the data directory "
                            + data + ". Copy " + String.join(", ", FILES) + " there from the data directory of one of"
                            + " its controllers, with their modes, by a way that nobody else can read.",
                    null);
        }
    }

    /** Puts those of the first controller on record. */
    static void agree(Leases leases, Path data) throws StartException, IOException {
        for (String file : FILES) {
            Optional<String> ours = digest(data.resolve(file));
            if (ours.isPresent()) {
                leases.agreed(file, ours.get());
            }
        }
        require(leases, data);
    }

    private static Optional<String> digest(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file))))
                : Optional.empty();
    }
}
