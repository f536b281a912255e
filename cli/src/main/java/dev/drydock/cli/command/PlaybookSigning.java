package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Width;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.SigningKey;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts signatures beside playbooks and finds them there. */
final class PlaybookSigning {
    private PlaybookSigning() {}

    /** A signature that was made. */
    record Signed(String name, String digest, PublicSigner signer, Path envelope) {
        Map<String, String> tree() {
            return Map.of(
                    "name",
                    name,
                    "digest",
                    digest,
                    "signer",
                    signer.name(),
                    "keyId",
                    signer.keyId(),
                    "envelope",
                    envelope.toString());
        }
    }

    static Signed sign(App app, PlaybookFile file, Playbook playbook, Path keyFile, @Nullable String passphraseFile) {
        String keyName = String.valueOf(keyFile.getFileName()).replaceFirst("\\.(key|pem)$", "");
        char[] passphrase = LocalFiles.passphrase(app, passphraseFile);
        SigningKey key;
        try {
            key = LocalFiles.reading("read", keyFile, () -> SigningKey.load(keyName, keyFile, passphrase));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        byte[] canonical = canonical(file, playbook);
        Path target = file.envelope();
        LocalFiles.doing(
                "write",
                target,
                () -> Files.write(target, Envelope.sign(canonical, key).write()));
        return new Signed(playbook.name(), CanonicalForm.digest(canonical), key.signer(), target);
    }

    /**
     * The envelope beside a playbook.
     *
     * @throws CliException when there is none, or it holds another playbook than the file
     */
    static Envelope envelopeOf(PlaybookFile file) {
        Path path = file.envelope();
        Envelope envelope = read(path);
        byte[] canonical;
        try {
            canonical = canonical(file, PlaybookParser.parse(file.path().toString(), file.content()));
        } catch (InvalidPlaybookException e) {
            throw CliException.failed(String.valueOf(e.getMessage()), "Correct it and sign it again.");
        }
        if (!Arrays.equals(canonical, envelope.unverifiedPayload())) {
            throw CliException.refused(
                    file.path() + " was changed after it was signed: " + path + " holds another playbook.",
                    "Sign it again: drydock playbook sign " + file.path() + " --key FILE.");
        }
        return envelope;
    }

    private static Envelope read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return Envelope.read(in.readNBytes(Envelope.MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw CliException.refused(
                    "The playbook is not signed: there is no " + path + ".",
                    "Sign it first: drydock playbook sign FILE --key FILE.");
        } catch (java.io.IOException e) {
            throw CliException.failed("Cannot read " + path + ": " + e.getMessage() + ".", "");
        } catch (SignatureRefusedException e) {
            throw CliException.refused(
                    path + ": " + Width.printable(String.valueOf(e.getMessage())) + ".", "Sign the playbook again.");
        }
    }

    private static byte[] canonical(PlaybookFile file, Playbook playbook) {
        try {
            return CanonicalForm.write(playbook);
        } catch (IllegalArgumentException e) {
            throw CliException.failed(file.path() + ": " + e.getMessage() + ".", "Make two playbooks of it.");
        }
    }
}
