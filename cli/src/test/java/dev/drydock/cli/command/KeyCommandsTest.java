package dev.drydock.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory, new Playbooks());
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    @Test
    void aNewKeyIsTwoFilesOfOnePair() throws IOException {
        Cli.Ended ended = cli.run("key", "create", "ops-2026", "--out", directory);

        Path privateFile = directory.resolve("ops-2026.key");
        SigningKey key = SigningKey.load("ops-2026", privateFile, new char[0]);
        PublicSigner signer = PublicSigner.load("ops-2026", directory.resolve("ops-2026.pub"));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains(signer.keyId()).doesNotContain("PRIVATE KEY");
        assertThat(key.signer()).isEqualTo(signer);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void quietPrintsTheKeyIdAlone() throws IOException {
        Cli.Ended ended = cli.run("key", "create", "ops", "--out", directory, "--quiet");

        assertThat(ended.out().strip())
                .isEqualTo(
                        PublicSigner.load("ops", directory.resolve("ops.pub")).keyId());
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aPassphraseEncryptsTheKey() throws IOException {
        Cli.Ended ended =
                cli.input("correct horse\n").run("key", "create", "ops", "--out", directory, "--passphrase-file", "-");

        assertThat(ended.exitCode()).isZero();
        Path file = directory.resolve("ops.key");
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(SigningKey.load("ops", file, "correct horse".toCharArray()).signer())
                .isEqualTo(PublicSigner.load("ops", directory.resolve("ops.pub")));
    }

    @Test
    void neitherFileIsEverOverwritten() throws IOException {
        Path publicFile = Files.writeString(directory.resolve("ops.pub"), "mine");

        Cli.Ended ended = cli.run("key", "create", "ops", "--out", directory);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains(publicFile + " exists already.");
        assertThat(Files.readString(publicFile)).isEqualTo("mine");
        assertThat(directory.resolve("ops.key")).doesNotExist();
    }

    @Test
    void aNameThatIsAPathIsRefused() {
        Cli.Ended ended = cli.run("key", "create", "../ops", "--out", directory);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("'../ops' is no name for a key.");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        Cli.Ended ended = cli.run("key", "create", "ops", "--out", directory.resolve("missing"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("there is no such file or folder");
    }

    @Test
    void aPinnedKeyIsListed() throws IOException {
        cli.run("key", "create", "ops-2026", "--out", directory);

        Cli.Ended pinned = cli.run("key", "pin", directory.resolve("ops-2026.pub"));
        Cli.Ended listed = cli.run("key", "list");

        String keyId = PublicSigner.load("x", directory.resolve("ops-2026.pub")).keyId();
        assertThat(pinned.exitCode()).isZero();
        assertThat(pinned.out()).isEqualTo("Key ops-2026 (Ed25519 " + keyId + ") is pinned.\n");
        assertThat(listed.out().lines().skip(1)).singleElement().asString().startsWith("ops-2026  " + keyId);
    }

    @Test
    void aPrivateKeyIsNotPinned() {
        cli.run("key", "create", "ops-2026", "--out", directory);

        Cli.Ended ended = cli.run("key", "pin", directory.resolve("ops-2026.key"), "--name", "ops");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("holds a private key, which stays with its owner; give the .pub file");
        assertThat(cli.run("key", "list").out()).contains("No key is pinned.");
    }
}
