package dev.drydock.controller.playbook;

import dev.drydock.playbooks.sign.PublicSigner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The pinned signers. They are added, never changed: what agents pinned when they enrolled must stay true. Thread-safe. */
public final class Signers implements PinnedSigners {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");

    private final SignerStore store;
    private final InstantSource clock;

    public Signers(SignerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Pins a key; the same again changes nothing.
     *
     * @param publicKey Ed25519, raw
     * @throws IllegalArgumentException with all that is wrong with the name or the key
     * @throws SignerConflictException when the name or the key is taken by another
     */
    public PinnedSigner pin(String name, byte[] publicKey) {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    "name: '" + name
                            + "' is no name of a key; use up to 63 letters, digits, '.', '_', '@' and '-', a letter or digit first");
        }
        if (publicKey.length != PublicSigner.KEY_BYTES) {
            problems.add("public_key: has " + publicKey.length + " bytes; an Ed25519 public key has "
                    + PublicSigner.KEY_BYTES);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        PublicSigner wanted = PublicSigner.of(name, publicKey);
        List<PinnedSigner> standing = store.addIfAbsent(new PinnedSigner(wanted, clock.instant()));
        standing.forEach(there -> requireSame(wanted, there.signer()));
        return standing.getFirst();
    }

    private static void requireSame(PublicSigner wanted, PublicSigner there) {
        if (!there.equals(wanted)) {
            throw new SignerConflictException("The name '" + wanted.name() + "' is pinned for another key, "
                    + there.keyId() + "; a pinned name never changes its key. Pin the new key under a new name.");
        }
        if (!there.name().equals(wanted.name())) {
            throw new SignerConflictException(
                    "The key " + wanted.keyId() + " is pinned already, under the name '" + there.name() + "'.");
        }
    }

    /** By name. */
    public List<PinnedSigner> list() {
        return store.all();
    }

    @Override
    public List<PublicSigner> pinned() {
        return store.all().stream().map(PinnedSigner::signer).toList();
    }
}
