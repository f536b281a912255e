package dev.drydock.agent.identity;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.sign.PublicSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The files of one identity, in a directory of its own. */
record IdentityFiles(Path directory) {
    private static final int MAX_BYTES = 1024 * 1024;

    private Path key() {
        return directory.resolve("key.pem");
    }

    private Path certificate() {
        return directory.resolve("certificate.pem");
    }

    private Path roots() {
        return directory.resolve("ca.pem");
    }

    private Path host() {
        return directory.resolve("host.json");
    }

    /** On disk as a whole when it returns. */
    void write(Identity identity) throws IOException {
        DurableFiles.deleteTree(directory);
        DurableFiles.createPrivateDirectory(directory);
        try {
            DurableFiles.replace(key(), Pem.write(identity.key()));
            DurableFiles.replace(certificate(), Pem.write(identity.chain()));
            DurableFiles.replace(roots(), Pem.write(identity.roots()));
            DurableFiles.replace(host(), JsonWriter.write(json(identity)));
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate cannot be encoded", e);
        }
    }

    private static Map<String, Object> json(Identity identity) {
        return Map.of(
                "hostId", identity.hostId(),
                "hostName", identity.hostName(),
                "controller", identity.controller().toString(),
                "root", identity.root(),
                "signers",
                        identity.signers().stream()
                                .map(signer -> Map.of(
                                        "name",
                                        signer.name(),
                                        "keyId",
                                        signer.keyId(),
                                        "publicKey",
                                        Base64.getEncoder().encodeToString(signer.rawKey())))
                                .toList());
    }

    /** @throws IdentityException says what is damaged and what to do */
    Identity read() throws IdentityException {
        try {
            if (Files.getPosixFilePermissions(key()).size() > 2
                    || !Files.getPosixFilePermissions(key()).stream()
                            .allMatch(permission -> permission.name().startsWith("OWNER"))) {
                throw IdentityException.refused(
                        "others than its owner may access this host's key; look who did, then run: chmod 600 " + key());
            }
            Node.Mapping host = (Node.Mapping) JsonReader.read(Files.readAllBytes(host()), MAX_BYTES);
            return new Identity(
                    text(host, "hostId"),
                    text(host, "hostName"),
                    ControllerAddress.parse(text(host, "controller")).orElseThrow(),
                    text(host, "root"),
                    Pem.readKey(Files.readAllBytes(key())),
                    Pem.readCertificates(Files.readAllBytes(certificate())),
                    Pem.readCertificates(Files.readAllBytes(roots())),
                    signers(host));
        } catch (IOException | GeneralSecurityException | SyntaxException | RuntimeException e) {
            throw IdentityException.failed(
                    "this host's identity in " + directory + " is damaged (" + e
                            + "); enrol again: drydock-agent enroll --force",
                    e);
        }
    }

    private static String text(Node.Mapping object, String key) {
        return (String) object.get(key).orElseThrow().plain();
    }

    private static List<PublicSigner> signers(Node.Mapping host) {
        List<PublicSigner> signers = new ArrayList<>();
        for (Node item : ((Node.Sequence) host.get("signers").orElseThrow()).items()) {
            Node.Mapping signer = (Node.Mapping) item;
            signers.add(new PublicSigner(
                    text(signer, "name"),
                    text(signer, "keyId"),
                    Base64.getDecoder().decode(text(signer, "publicKey"))));
        }
        return signers;
    }
}
