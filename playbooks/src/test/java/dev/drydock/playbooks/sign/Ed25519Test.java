package dev.drydock.playbooks.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    private static final HexFormat HEX = HexFormat.of();

    private static PrivateKey privateKey(String seed) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, HEX.parseHex(seed)));
    }

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void testVectors(String seed, String publicKey, String message, String signature) throws GeneralSecurityException {
        KeyPair pair = Ed25519.pair(privateKey(seed));

        assertThat(HEX.formatHex(Ed25519.raw(pair.getPublic()))).isEqualTo(publicKey);
        assertThat(HEX.formatHex(Ed25519.sign(pair.getPrivate(), HEX.parseHex(message))))
                .isEqualTo(signature);
        assertThat(Ed25519.verifies(
                        Ed25519.publicKey(HEX.parseHex(publicKey)), HEX.parseHex(message), HEX.parseHex(signature)))
                .isTrue();
    }

    @Test
    void aSignatureOfAnotherMessageDoesNotVerify() throws GeneralSecurityException {
        KeyPair pair = Ed25519.generate();
        byte[] signature = Ed25519.sign(pair.getPrivate(), new byte[] {1});

        assertThat(Ed25519.verifies(pair.getPublic(), new byte[] {1}, signature))
                .isTrue();
        assertThat(Ed25519.verifies(pair.getPublic(), new byte[] {2}, signature))
                .isFalse();
        assertThat(Ed25519.verifies(Ed25519.generate().getPublic(), new byte[] {1}, signature))
                .isFalse();
        assertThat(Ed25519.verifies(pair.getPublic(), new byte[] {1}, new byte[64]))
                .isFalse();
    }

    @Test
    void keysOfOtherKindsAreRefused() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();

        assertThatThrownBy(() -> Ed25519.pair(other.getPrivate())).hasMessage("not an Ed25519 private key");
        assertThatThrownBy(() -> Ed25519.raw(other.getPublic())).hasMessage("not an Ed25519 public key");
    }
}
