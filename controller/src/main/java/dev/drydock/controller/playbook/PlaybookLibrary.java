package dev.drydock.controller.playbook;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.VerifiedPlaybook;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Playbooks as the fleet may run them: signed by a pinned signer, without lint errors, never changed. Thread-safe. */
public final class PlaybookLibrary implements PlaybookContent {
    private final PlaybookStore store;
    private final PinnedSigners signers;
    private final PlaybookLint lint;
    private final InstantSource clock;

    public PlaybookLibrary(PlaybookStore store, PinnedSigners signers, PlaybookLint lint, InstantSource clock) {
        this.store = store;
        this.signers = signers;
        this.lint = lint;
        this.clock = clock;
    }

    /**
     * Takes a playbook in: as the next version of its name, or as the version that it already is when the same content was
     * pushed before. Durable when it returns.
     *
     * @param envelope DSSE, JSON
     * @param source the YAML that the signed canonical form was made from
     * @throws SignatureRefusedException when the envelope is not to be believed
     * @throws InvalidPlaybookException with all problems of the source, also when it is not what was signed
     */
    public PushedPlaybook push(byte[] envelope, String source)
            throws SignatureRefusedException, InvalidPlaybookException {
        VerifiedPlaybook signed = Envelope.read(envelope).verify(signers.pinned());
        String file = signed.playbook().name() + ".yaml";
        Playbook written = PlaybookParser.parse(file, source);
        requireSame(file, CanonicalForm.digest(CanonicalForm.write(written)), signed);
        List<Problem> errors = lint.errors(file, source);
        if (!errors.isEmpty()) {
            throw new InvalidPlaybookException(errors);
        }
        return store.add(signed, envelope, source, clock.instant());
    }

    private static void requireSame(String file, String digest, VerifiedPlaybook signed)
            throws InvalidPlaybookException {
        if (!digest.equals(signed.digest())) {
            throw new InvalidPlaybookException(List.of(new Problem(
                    file,
                    1,
                    1,
                    "",
                    "is not what " + signed.signer().name() + " signed (this source has the digest " + digest
                            + ", the signed playbook " + signed.digest() + "); sign this file and push it again",
                    Optional.empty())));
        }
    }

    /** The newest version of each playbook, by name. */
    public List<PushedPlaybook> newest() {
        return store.newest();
    }

    /**
     * All versions of one playbook, newest first.
     *
     * @throws UnknownPlaybookException when there is none
     */
    public List<PushedPlaybook> versions(String name) {
        List<PushedPlaybook> versions = store.versions(name);
        if (versions.isEmpty()) {
            throw noSuchName(name);
        }
        return versions;
    }

    /**
     * One version.
     *
     * @param reference {@code name} (the newest version) or {@code name@version}
     * @throws IllegalArgumentException when it has another form
     * @throws UnknownPlaybookException when there is none; the message says what there is
     */
    public PlaybookDocument get(String reference) {
        PlaybookReference wanted = PlaybookReference.parse(reference);
        return store.find(wanted.name(), wanted.version()).orElseThrow(() -> absent(wanted));
    }

    private UnknownPlaybookException absent(PlaybookReference wanted) {
        return store.find(wanted.name(), OptionalInt.empty())
                .map(newest -> new UnknownPlaybookException("There is no version "
                        + wanted.version().orElse(0) + " of playbook " + wanted.name() + "; the newest is "
                        + newest.playbook().reference() + "."))
                .orElseGet(() -> noSuchName(wanted.name()));
    }

    private UnknownPlaybookException noSuchName(String name) {
        List<String> names = store.newest().stream().map(PushedPlaybook::name).toList();
        String hint = names.isEmpty()
                ? " None was pushed yet."
                : Nearest.to(name, names)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("");
        return new UnknownPlaybookException("There is no playbook '" + name + "'." + hint);
    }

    @Override
    public Optional<byte[]> envelope(String digest) {
        return store.envelope(digest);
    }
}
