package dev.drydock.controller.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.notify.mail.MailServer.Security;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailServerTest {
    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example.com, NONE, 25",
        "smtps://mail.example.com, TLS, 465",
        "smtp+starttls://mail.example.com, STARTTLS, 587",
        "smtps://mail.example.com:2465, TLS, 2465"
    })
    void hasThePortOfItsKind(String text, Security security, int port) {
        assertThat(MailServer.parse(text, Optional.empty()))
                .isEqualTo(new MailServer(security, "mail.example.com", port, Optional.empty(), ""));
    }

    @Test
    void theUserMayBeAnAddress() {
        MailServer server = MailServer.parse("smtps://ops%40example.com@mail.example.com", Optional.of("secret"));

        assertThat(server.user()).contains("ops@example.com");
        assertThat(server.toString()).isEqualTo("mail.example.com:465");
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, , is no mail server",
        "http://mail.example.com, , is no mail server",
        "smtps://mail.example.com/path, , is no mail server",
        "smtps://, , no URL",
        "smtps://ops:hunter2@mail.example.com, , leave the password out",
        "smtp://ops@mail.example.com, hunter2, which is not private",
        "smtps://ops@mail.example.com, , has no password",
        "smtps://mail.example.com, hunter2, there is a password and no user"
    })
    void saysWhatIsWrongAndNoPassword(String text, String password, String problem) {
        assertThatThrownBy(() -> MailServer.parse(text, Optional.ofNullable(password)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("hunter2");
    }
}
