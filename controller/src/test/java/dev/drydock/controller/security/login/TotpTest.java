package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
    private static final byte[] RFC = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void givesTheCodesOfTheStandard(long seconds, String code) {
        assertThat(Totp.code(RFC, seconds / 30)).isEqualTo(code);
        assertThat(Totp.step(RFC, code, Instant.ofEpochSecond(seconds), 0)).hasValue(seconds / 30);
    }

    @Property
    void takesCodesOfAboutNowAndNoOthers(
            @ForAll @Size(20) byte[] secret,
            @ForAll @LongRange(min = 10, max = 100_000_000) long step,
            @ForAll @LongRange(min = -4, max = 4) long off) {
        String code = Totp.code(secret, step + off);
        OptionalLong taken = Totp.step(secret, code, Instant.ofEpochSecond(step * 30), 0);
        boolean alsoNear = step - 1 <= taken.orElse(-1) && taken.orElse(-1) <= step + 1;
        if (Math.abs(off) <= 1) {
            assertThat(taken).isPresent();
        }
        // Another step may have the same six digits.
        assertThat(taken.isEmpty() || alsoNear).isTrue();
        assertThat(taken.isPresent()
                        && Math.abs(off) > 1
                        && !Totp.code(secret, taken.getAsLong()).equals(code))
                .isFalse();
    }

    @Test
    void takesNoCodeOfAStepThatWasUsed() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = 1_111_111_111 / 30;
        assertThat(Totp.step(RFC, "050471", now, step - 1)).hasValue(step);
        assertThat(Totp.step(RFC, "050471", now, step)).isEmpty();
        assertThat(Totp.step(RFC, "081804", now, step)).isEmpty();
        assertThat(Totp.step(RFC, "", now, 0)).isEmpty();
        assertThat(Totp.step(RFC, "0504711", now, 0)).isEmpty();
    }

    /** RFC 4648, section 10, without padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesSecretsInBase32(String text, String base32) {
        assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
    }

    @Test
    void writesTheAddressThatAuthenticatorsTake() {
        assertThat(Totp.uri("Drydock", "olga@a.example", RFC))
                .isEqualTo("otpauth://totp/Drydock:olga%40a.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Drydock&algorithm=SHA1&digits=6&period=30");
    }
}
