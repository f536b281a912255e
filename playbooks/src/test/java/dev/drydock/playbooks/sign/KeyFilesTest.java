package dev.drydock.playbooks.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
    private static final char[] NONE = {};
    private static final char[] PASSPHRASE = "correct horse".toCharArray();

    /** Made by {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout}: RFC 8032's first key. */
    private static final String OPENSSL_PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    private static final String OPENSSL_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    Path directory;

    private Path write(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aSavedKeyIsReadBackAndIsItsOwnersAlone() throws IOException {
        SigningKey key = SigningKey.generate("ops");
        Path file = directory.resolve("ops.key");

        key.save(file, NONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.load("ops", file, NONE).signer()).isEqualTo(key.signer());
    }

    @Test
    void anEncryptedKeyNeedsItsPassphrase() throws IOException {
        SigningKey key = SigningKey.generate("ops");
        Path file = directory.resolve("ops.key");

        key.save(file, PASSPHRASE);

        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        assertThat(SigningKey.load("ops", file, PASSPHRASE).signer()).isEqualTo(key.signer());
        assertThatThrownBy(() -> SigningKey.load("ops", file, "wrong".toCharArray()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong passphrase");
        assertThatThrownBy(() -> SigningKey.load("ops", file, NONE)).hasMessageContaining("give its passphrase");
    }

    @Test
    void aKeyThatIsNotEncryptedTakesNoPassphrase() throws IOException {
        Path file = write("ops.key", OPENSSL_PRIVATE, "rw-------");

        assertThatThrownBy(() -> SigningKey.load("ops", file, PASSPHRASE)).hasMessageContaining("is not encrypted");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path file = write("ops.key", "mine", "rw-------");
        SigningKey key = SigningKey.generate("ops");

        assertThatThrownBy(() -> key.save(file, NONE)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> key.signer().save(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x"})
    void aKeyThatOthersCanGetAtIsNotUsed(String mode) throws IOException {
        Path file = write("ops.key", OPENSSL_PRIVATE, mode);

        assertThatThrownBy(() -> SigningKey.load("ops", file, NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run: chmod 600 " + file);
    }

    @Test
    void keysOfOpensslAreRead() throws IOException {
        PublicSigner signer = PublicSigner.load("ops", write("ops.pub", OPENSSL_PUBLIC, "rw-r--r--"));

        assertThat(SigningKey.load("ops", write("ops.key", OPENSSL_PRIVATE, "r--------"), NONE)
                        .signer())
                .isEqualTo(signer);
        assertThat(signer.keyId()).isEqualTo("SHA256:If4x36FUomFia/hUBG/SJxt77UtqvkWqWId+9H+XIbk");
    }

    @Test
    void aPublicKeyIsWrittenAsOpensslDoes() throws IOException {
        PublicSigner signer = PublicSigner.load("ops", write("ops.pub", OPENSSL_PUBLIC, "rw-r--r--"));

        signer.save(directory.resolve("again.pub"));

        assertThat(directory.resolve("again.pub")).hasContent(OPENSSL_PUBLIC);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = write("text.pub", "ssh-ed25519 AAAA", "rw-------");
        Path rsa = write(
                "rsa.pub",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n",
                "rw-------");
        Path secret = write("ops.key", OPENSSL_PRIVATE, "rw-------");

        assertThatThrownBy(() -> PublicSigner.load("ops", text)).hasMessageContaining("holds no PEM public key");
        assertThatThrownBy(() -> PublicSigner.load("ops", rsa)).hasMessageContaining("holds no Ed25519 public key");
        assertThatThrownBy(() -> PublicSigner.load("ops", secret)).hasMessageContaining("holds a private key");
        assertThatThrownBy(() -> SigningKey.load("ops", text, NONE)).hasMessageContaining("no PKCS#8 PEM private key");
    }

    @Test
    void aKeyIdBelongsToItsKey() {
        byte[] raw = SigningKey.generate("a").signer().rawKey();
        String other = SigningKey.generate("b").signer().keyId();

        assertThatThrownBy(() -> new PublicSigner("ops", other, raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key's own is");
        assertThatThrownBy(() -> PublicSigner.of("ops", new byte[31])).hasMessageContaining("has 32 bytes, not 31");
    }

    @Test
    void aPrivateKeyNeverShows() throws IOException {
        SigningKey key = SigningKey.load("ops", write("ops.key", OPENSSL_PRIVATE, "rw-------"), NONE);

        assertThat(key).hasToString("ops (Ed25519 " + key.signer().keyId() + ")");
    }
}
