package dev.drydock.controller;

import dev.drydock.controller.outgoing.OutgoingUrl;
import dev.drydock.controller.outgoing.OwnTrust;
import dev.drydock.controller.security.oidc.OidcSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which provider of OpenID Connect people sign in to pages. */
final class OidcOptions {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description =
                    "Issuer of the OpenID Connect provider that people sign in to pages by, exactly as its metadata"
                            + " says it. Default: none, by password alone.")
    private @Nullable String issuer;

    @Option(names = "--oidc-client-id", paramLabel = "ID", description = "What the provider calls this controller.")
    private @Nullable String clientId;

    @Option(
            names = "--oidc-client-secret-file",
            paramLabel = "FILE",
            description = "Its first line is the client's secret. Default: a public client.")
    private @Nullable Path secretFile;

    @Option(
            names = "--oidc-user-claim",
            paramLabel = "CLAIM",
            defaultValue = OidcSettings.DEFAULT_CLAIM,
            description =
                    "The claim that is the user's name here. Default: ${DEFAULT-VALUE}. Of email only a verified one"
                            + " counts.")
    private String userClaim = OidcSettings.DEFAULT_CLAIM;

    @Option(
            names = "--oidc-label",
            paramLabel = "TEXT",
            defaultValue = "Single sign-on",
            description = "What the button says. Default: ${DEFAULT-VALUE}.")
    private String label = "";

    @Option(
            names = "--oidc-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) of the authority that the provider's ends at, where that is one of your"
                    + " own.")
    private @Nullable Path ca;

    /** Empty where there is no provider, or something is wrong with it, which is added to the problems. */
    Optional<OidcSettings> settings(List<String> problems) {
        if (issuer == null) {
            if (clientId != null || secretFile != null || ca != null) {
                problems.add("--oidc-issuer: missing; the other options of OpenID Connect say nothing without it");
            }
            return Optional.empty();
        }
        if (clientId == null || clientId.isBlank()) {
            problems.add("--oidc-client-id: missing; expected what the provider calls this controller");
            return Optional.empty();
        }
        Optional<String> secret =
                OptionFiles.read("--oidc-client-secret-file", secretFile, problems, OptionFiles::firstLine);
        if (secret.filter(String::isBlank).isPresent()) {
            problems.add(
                    "--oidc-client-secret-file: " + secretFile + " is empty; expected the secret in its first line");
        }
        Optional<SSLSocketFactory> trust = OptionFiles.read("--oidc-ca", ca, problems, OwnTrust::of);
        try {
            URI url = URI.create(issuer);
            OutgoingUrl.problem(url).ifPresent(why -> problems.add("--oidc-issuer: '" + issuer + "': " + why));
            return Optional.of(new OidcSettings(url, clientId, secret, userClaim, label, trust));
        } catch (IllegalArgumentException e) {
            problems.add("--oidc-issuer: '" + issuer + "' is no URL: " + e.getMessage());
            return Optional.empty();
        }
    }
}
