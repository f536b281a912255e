package dev.drydock.controller;

import dev.drydock.controller.notify.mail.MailServer;
import dev.drydock.controller.notify.mail.MailSettings;
import dev.drydock.controller.outgoing.OwnTrust;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the controller sends mail. */
final class MailOptions {
    @Option(
            names = "--mail-server",
            paramLabel = "URL",
            description = "Where mail to teams is handed over: smtps://[USER@]HOST[:PORT] (TLS),"
                    + " smtp+starttls://[USER@]HOST[:PORT] or smtp://HOST[:PORT] (not private). Default: none is sent.")
    private @Nullable String server;

    @Option(names = "--mail-from", paramLabel = "ADDRESS", description = "The sender of that mail.")
    private @Nullable String from;

    @Option(
            names = "--mail-password-file",
            paramLabel = "FILE",
            description = "Its first line is the password of the mail server's user.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--mail-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) of the authority that the mail server's ends at, where that is one of"
                    + " your own.")
    private @Nullable Path ca;

    /** Empty where there is no server, or something is wrong with it, which is added to the problems. */
    Optional<MailSettings> settings(List<String> problems) {
        if (server == null) {
            if (from != null || passwordFile != null || ca != null) {
                problems.add("--mail-server: missing; the other options of mail say nothing without it");
            }
            return Optional.empty();
        }
        if (from == null || !from.matches("[^@\\s<>,]+@[A-Za-z0-9.-]+")) {
            problems.add("--mail-from: " + (from == null ? "missing" : "'" + from + "' is no address")
                    + "; expected for example drydock@example.com");
            return Optional.empty();
        }
        Optional<String> password =
                OptionFiles.read("--mail-password-file", passwordFile, problems, OptionFiles::firstLine);
        Optional<SSLSocketFactory> trust = OptionFiles.read("--mail-ca", ca, problems, OwnTrust::of);
        try {
            return Optional.of(new MailSettings(MailServer.parse(server, password), from, trust));
        } catch (IllegalArgumentException e) {
            problems.add("--mail-server: " + e.getMessage());
            return Optional.empty();
        }
    }
}
