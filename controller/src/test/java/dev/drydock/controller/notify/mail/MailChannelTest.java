package dev.drydock.controller.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drydock.controller.markup.Markup;
import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Channel.Delivery;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.mail.MailServer.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of SMTP in this process; a Postfix with TLS is in e2e. */
final class MailChannelTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private GreenMail server;

    @BeforeEach
    void open() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private MailChannel channel(Security security, Optional<String> user, String password) {
        MailServer to = new MailServer(security, "127.0.0.1", server.getSmtp().getPort(), user, password);
        return new MailChannel(Optional.of(new MailSettings(to, "drydock@example.com", Optional.empty())), () -> NOON);
    }

    private static Notification notification(String target) {
        return new Notification(
                "n-1",
                "dba",
                Channel.Kind.MAIL,
                target,
                new Message("about", "Fenster öffnet → bald", "Zeile 1\nZeile 2 → ü\n", "{}", NOON.plusSeconds(60)),
                Notification.State.PENDING,
                0,
                "",
                NOON,
                NOON,
                Optional.empty());
    }

    @Test
    void saysWhatItIsToSay() throws MessagingException, IOException {
        Delivery delivery = channel(Security.NONE, Optional.empty(), "").deliver(notification("dba@example.com"));

        assertThat(delivery).isEqualTo(new Delivery.Done());
        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage got = server.getReceivedMessages()[0];
        assertThat(got.getSubject()).isEqualTo("Fenster öffnet → bald");
        assertThat(got.getContent().toString()).isEqualToNormalizingNewlines("Zeile 1\nZeile 2 → ü");
        assertThat(GreenMailUtil.getAddressList(got.getAllRecipients())).isEqualTo("dba@example.com");
        assertThat(got.getHeader("From")).containsExactly("drydock@example.com");
        assertThat(got.getMessageID()).isEqualTo("<n-1@example.com>");
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(got.getHeader("X-Drydock-Team")).containsExactly("dba");
    }

    /** Mail is text alone, whatever names of hosts and what their runs say are, and no line of theirs is a header. */
    @Test
    void whatOthersWroteIsNoMarkupAndNoHeader() throws MessagingException, IOException {
        String lines = Markup.EVIL + "\r\nBcc: eve@example.com\r\nContent-Type: text/html\r\n\r\n<b>hello</b>";
        Notification written = new Notification(
                "n-1",
                "dba",
                Channel.Kind.MAIL,
                "dba@example.com",
                new Message("about", lines, lines, "{}", NOON.plusSeconds(60)),
                Notification.State.PENDING,
                0,
                "",
                NOON,
                NOON,
                Optional.empty());

        assertThat(channel(Security.NONE, Optional.empty(), "").deliver(written))
                .isEqualTo(new Delivery.Done());
        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage got = server.getReceivedMessages()[0];
        assertThat(got.getHeader("Bcc")).isNull();
        assertThat(List.of(got.getHeader("Content-Type")))
                .singleElement()
                .asString()
                .startsWith("text/plain");
        assertThat(GreenMailUtil.getAddressList(got.getAllRecipients())).isEqualTo("dba@example.com");
        assertThat(got.getContent().toString()).isEqualToNormalizingNewlines(lines);
    }

    @Test
    void aFileGoesWithIt() throws MessagingException, IOException {
        byte[] content = {'%', 'P', 'D', 'F', 0, (byte) 0xFF, '\n'};
        MailServer to =
                new MailServer(Security.NONE, "127.0.0.1", server.getSmtp().getPort(), Optional.empty(), "");
        MailChannel channel = new MailChannel(
                Optional.of(new MailSettings(to, "drydock@example.com", Optional.empty())),
                () -> NOON,
                about -> Optional.of(new Attachment("a b.pdf", "application/pdf", content))
                        .filter(file -> about.equals("about")));

        assertThat(channel.deliver(notification("dba@example.com"))).isEqualTo(new Delivery.Done());

        MimeMultipart got = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertThat(got.getCount()).isEqualTo(2);
        assertThat(got.getBodyPart(0).getContent().toString()).contains("Zeile 2 → ü");
        assertThat(got.getBodyPart(1).getFileName()).isEqualTo("a b.pdf");
        assertThat(got.getBodyPart(1).getDisposition()).isEqualTo("attachment");
        assertThat(got.getBodyPart(1).getContentType()).startsWith("application/pdf");
        assertThat(got.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(content);
    }

    @Test
    void whatIsTooLargeStaysBehind() throws MessagingException, IOException {
        MailServer to =
                new MailServer(Security.NONE, "127.0.0.1", server.getSmtp().getPort(), Optional.empty(), "");
        MailChannel channel = new MailChannel(
                Optional.of(new MailSettings(to, "drydock@example.com", Optional.empty())),
                () -> NOON,
                about ->
                        Optional.of(new Attachment("a.pdf", "application/pdf", new byte[Attachment.MOST_BY_MAIL + 1])));

        assertThat(channel.deliver(notification("dba@example.com"))).isEqualTo(new Delivery.Done());
        assertThat(server.getReceivedMessages()[0].getContent()).isInstanceOf(String.class);
    }

    @Test
    void logsIn() {
        var unused = server.setUser("ops@example.com", "ops", "right");

        assertThat(channel(Security.NONE, Optional.of("ops"), "right").deliver(notification("dba@example.com")))
                .isEqualTo(new Delivery.Done());
    }

    @Test
    void aServerWithoutStartTlsGetsNothing() {
        Delivery delivery = channel(Security.STARTTLS, Optional.empty(), "").deliver(notification("dba@example.com"));

        assertThat(delivery).isInstanceOfSatisfying(Delivery.NotNow.class, not -> assertThat(not.why())
                .contains("STARTTLS"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void nobodyThereIsTriedAgain() {
        MailChannel channel = channel(Security.NONE, Optional.empty(), "");
        server.stop();

        assertThat(channel.deliver(notification("dba@example.com")))
                .isInstanceOfSatisfying(Delivery.NotNow.class, not -> assertThat(not.why())
                        .startsWith("mail server 127.0.0.1:")
                        .contains("refused"));
    }

    @Test
    void withoutAServerItWaitsForOne() {
        assertThat(new MailChannel(Optional.empty(), () -> NOON).deliver(notification("dba@example.com")))
                .isEqualTo(new Delivery.NotNow("the controller knows no mail server; start it with --mail-server"));
    }
}
