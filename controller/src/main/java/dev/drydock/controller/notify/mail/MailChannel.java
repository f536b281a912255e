package dev.drydock.controller.notify.mail;

import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Attachments;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Notification;
import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mail to the one server that the controller knows (RFC 5321). What the server refuses for good (5xx) is not tried again.
 * The Message-ID is the same at each attempt. Mails say that nobody wrote them (RFC 3834), so that no absence note comes back.
 */
public final class MailChannel implements Channel {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REFUSED_FOR_GOOD = 500;

    private final Optional<MailSettings> settings;
    private final InstantSource clock;
    private final Attachments attachments;

    /** @param settings empty: there is no server, and mail waits for one */
    public MailChannel(Optional<MailSettings> settings, InstantSource clock) {
        this(settings, clock, Attachments.NONE);
    }

    /** @param settings empty: there is no server, and mail waits for one */
    public MailChannel(Optional<MailSettings> settings, InstantSource clock, Attachments attachments) {
        this.settings = settings;
        this.clock = clock;
        this.attachments = attachments;
    }

    @Override
    public Delivery deliver(Notification notification) {
        if (settings.isEmpty()) {
            return new Delivery.NotNow("the controller knows no mail server; start it with --mail-server");
        }
        MailServer to = settings.get().server();
        Session session = Session.getInstance(properties(settings.get()));
        try (SMTPTransport transport = new SMTPTransport(session, null)) {
            MimeMessage message = message(session, settings.get().from(), notification);
            // Without a password nobody logs in; the user that Java takes then is that of the machine.
            transport.connect(
                    to.host(), to.port(), to.user().orElse(null), to.user().isPresent() ? to.password() : null);
            transport.sendMessage(message, message.getAllRecipients());
            return new Delivery.Done();
        } catch (AuthenticationFailedException e) {
            return new Delivery.NotNow("mail server " + to + " refused the user or the password");
        } catch (MessagingException e) {
            String why = "mail server " + to + ": " + reason(e);
            return code(e).stream().anyMatch(code -> code >= REFUSED_FOR_GOOD)
                    ? new Delivery.Never(why)
                    : new Delivery.NotNow(why);
        }
    }

    private static Properties properties(MailSettings settings) {
        MailServer to = settings.server();
        String patience = String.valueOf(PATIENCE.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", patience);
        properties.put("mail.smtp.timeout", patience);
        properties.put("mail.smtp.writetimeout", patience);
        properties.put("mail.smtp.auth", String.valueOf(to.user().isPresent()));
        properties.put("mail.smtp.ssl.enable", String.valueOf(to.security() == MailServer.Security.TLS));
        properties.put("mail.smtp.starttls.enable", String.valueOf(to.security() == MailServer.Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(to.security() == MailServer.Security.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.trust().ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        return properties;
    }

    private MimeMessage message(Session session, String from, Notification notification) throws MessagingException {
        String id = "<" + notification.id() + "@" + from.substring(from.indexOf('@') + 1) + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(from));
        message.setRecipient(RecipientType.TO, new InternetAddress(notification.target()));
        message.setSubject(notification.message().subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Drydock-Team", notification.team());
        Optional<Attachment> file = attachments
                .of(notification.message().about())
                .filter(one -> one.content().length <= Attachment.MOST_BY_MAIL);
        String text = notification.message().text();
        if (file.isEmpty()) {
            message.setText(text, StandardCharsets.UTF_8.name());
        } else {
            MimeBodyPart body = new MimeBodyPart();
            body.setText(text, StandardCharsets.UTF_8.name());
            message.setContent(new MimeMultipart(body, part(file.get())));
        }
        return message;
    }

    private static MimeBodyPart part(Attachment file) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.type())));
        part.setFileName(file.name());
        part.setDisposition(Part.ATTACHMENT);
        // Whatever it is: lines of any length are not for SMTP (RFC 5321, 4.5.3.1.6).
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    /** Of the server's answer, where there was one. */
    private static OptionalInt code(MessagingException failure) {
        for (Exception e = failure; e instanceof MessagingException one; e = one.getNextException()) {
            int code =
                    switch (one) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default -> 0;
                    };
            if (code > 0) {
                return OptionalInt.of(code);
            }
        }
        return OptionalInt.empty();
    }

    private static String reason(MessagingException failure) {
        String said = "";
        for (Throwable e = failure;
                e != null;
                e = e instanceof MessagingException one ? one.getNextException() : null) {
            said = e.getMessage() == null
                    ? e.getClass().getSimpleName()
                    : e.getMessage().strip();
        }
        return said.replaceAll("\\s+", " ");
    }
}
