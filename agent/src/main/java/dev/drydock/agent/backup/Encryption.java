package dev.drydock.agent.backup;

import dev.drydock.agent.host.Packing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How backups are made unreadable for others: with age to recipients, or with GnuPG by a passphrase. Keys are files of the managed
 * system that the programs read themselves: no key is in the agent's memory, in arguments or in the environment.
 *
 * @param recipients file with public keys of age, a line each
 * @param identity file with the private key of age; only what reads backups needs it
 * @param passphrase file whose first line is the passphrase
 */
public record Encryption(Optional<String> recipients, Optional<String> identity, Optional<String> passphrase) {
    public static final Encryption NONE = new Encryption(Optional.empty(), Optional.empty(), Optional.empty());

    /** Neither a keyring nor an agent, nothing of the user's. The count of rounds is said, else GnuPG asks its agent for it. */
    private static final List<String> GPG = List.of(
            "gpg",
            "--batch",
            "--quiet",
            "--no-options",
            "--no-keyring",
            "--no-random-seed-file",
            "--no-autostart",
            "--pinentry-mode",
            "loopback");

    public Packing around(Packing packing) {
        if (passphrase.isPresent()) {
            List<String> open = new ArrayList<>(GPG);
            open.addAll(List.of("--passphrase-file", passphrase.get()));
            List<String> seal = new ArrayList<>(open);
            seal.addAll(List.of(
                    "--s2k-digest-algo",
                    "SHA512",
                    "--s2k-count",
                    "65011712",
                    "--cipher-algo",
                    "AES256",
                    "--compress-algo",
                    "none",
                    "--symmetric",
                    "--output",
                    "-"));
            open.add("--decrypt");
            return packing.around(".gpg", seal, open);
        }
        if (recipients.isPresent() || identity.isPresent()) {
            return packing.around(
                    ".age",
                    List.of("age", "--encrypt", "--recipients-file", recipients.orElse("/no-recipients")),
                    List.of("age", "--decrypt", "--identity", identity.orElse("/no-identity")));
        }
        return packing;
    }

    /** Whether what is sealed can be opened again on this host. */
    public boolean canOpen() {
        return passphrase.isPresent() || identity.isPresent() || recipients.isEmpty();
    }
}
