package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EnrolmentTokenTest {
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @Test
    void readsWhatTokenCreatePrinted() throws Exception {
        EnrolmentToken token = EnrolmentToken.parse("dd1.t-7.s3cr3t_-x." + FINGERPRINT + "\n");
        assertThat(token.id()).isEqualTo("t-7");
        assertThat(token.text()).isEqualTo("dd1.t-7.s3cr3t_-x." + FINGERPRINT);
        assertThat(token.caFingerprint()).isEqualTo(FINGERPRINT);
    }

    @Test
    void anythingElseIsRefusedWithoutRepeatingIt() {
        for (String text : new String[] {
            "",
            "dd1.t.s3cr3t",
            "dd2.t.s3cr3t." + FINGERPRINT,
            "dd1.t.s3cr3t." + FINGERPRINT.substring(1),
            "dd1.t.s3cr3t." + FINGERPRINT + " dd1.u.s3cr3t." + FINGERPRINT
        }) {
            assertThatThrownBy(() -> EnrolmentToken.parse(text))
                    .isInstanceOfSatisfying(IdentityException.class, e -> assertThat(e.isRefused())
                            .isTrue())
                    .hasMessageContaining("dd1.<id>.<secret>")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void itsTextFormHidesTheSecret() throws Exception {
        assertThat(EnrolmentToken.parse("dd1.t.s3cr3t." + FINGERPRINT)).hasToString("token t");
    }
}
