package dev.drydock.controller.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Speaks with the provider. Its metadata is asked for once it is needed, its keys as they change. Thread-safe; blocks for seconds. */
final class Provider {
    private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();
    private static final int LARGEST = 512 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final OidcSettings settings;
    private final InstantSource clock;
    private final Lock asking = new ReentrantLock();
    private volatile Instant askAgain = Instant.MIN;
    private volatile @Nullable Known known;

    Provider(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /** Where the browser is to go. */
    URI authorization(Pending pending) throws OidcException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "profile", "email"),
                        new ClientID(settings.clientId()),
                        URI.create(pending.redirect()))
                .endpointURI(known().metadata().getAuthorizationEndpointURI())
                .state(new State(pending.state()))
                .nonce(new Nonce(pending.nonce()))
                .codeChallenge(new CodeVerifier(pending.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Gives the code back for an ID token, and believes that only when all of it fits. */
    Person person(String code, Pending pending) throws OidcException {
        Known provider = known();
        JWT token = token(code, pending, provider.metadata());
        try {
            IDTokenClaimsSet claims = provider.validator().validate(token, new Nonce(pending.nonce()));
            return new Person(claims.getIssuer().getValue(), claims.getSubject().getValue(), name(claims));
        } catch (BadJOSEException | JOSEException e) {
            throw new OidcException(OidcException.Kind.NOT_GOOD, "the ID token is not good: " + e.getMessage(), e);
        }
    }

    private String name(IDTokenClaimsSet claims) throws OidcException {
        String claim = settings.userClaim();
        Object value = claims.getClaim(claim);
        if (!(value instanceof String name) || name.isBlank()) {
            throw new OidcException(
                    OidcException.Kind.NOT_GOOD, "the ID token has no claim " + claim + " with a name in it");
        }
        if (claim.equals("email") && !Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
            // Whoever may type any address there would be whoever has it here.
            throw new OidcException(OidcException.Kind.NOT_GOOD, "the provider has not verified the address");
        }
        return name;
    }

    private JWT token(String code, Pending pending, OIDCProviderMetadata metadata) throws OidcException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), URI.create(pending.redirect()), new CodeVerifier(pending.verifier()));
        ClientID client = new ClientID(settings.clientId());
        TokenRequest.Builder request = settings.secret()
                .map(secret -> new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(), new ClientSecretBasic(client, new Secret(secret)), grant))
                .orElseGet(() -> new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant));
        try {
            HTTPRequest http = request.build().toHTTPRequest();
            configure(http);
            TokenResponse answer = OIDCTokenResponseParser.parse(http.send());
            if (!answer.indicatesSuccess()) {
                throw new OidcException(
                        OidcException.Kind.NOT_GOOD,
                        "the provider gave no token for the code: "
                                + answer.toErrorResponse().getErrorObject().getCode());
            }
            @Nullable
            JWT token = ((OIDCTokenResponse) answer.toSuccessResponse())
                    .getOIDCTokens()
                    .getIDToken();
            if (token == null) {
                throw new OidcException(OidcException.Kind.NOT_GOOD, "the provider gave no ID token");
            }
            return token;
        } catch (IOException e) {
            throw unreachable("token endpoint", e);
        } catch (ParseException e) {
            throw new OidcException(OidcException.Kind.NOT_GOOD, "the provider's answer cannot be read", e);
        }
    }

    /** A provider that hangs holds up one thread, and for a while nobody: threads that wait for it are those of passwords too. */
    private Known known() throws OidcException {
        Known before = known;
        if (before != null) {
            return before;
        }
        if (clock.instant().isBefore(askAgain) || !asking.tryLock()) {
            throw new OidcException(
                    OidcException.Kind.UNREACHABLE,
                    settings.issuer() + " has not answered a moment ago, or is being asked");
        }
        try {
            askAgain = clock.instant().plus(PAUSE);
            return asked();
        } finally {
            asking.unlock();
        }
    }

    private Known asked() throws OidcException {
        try {
            Issuer issuer = new Issuer(settings.issuer());
            OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, this::configure);
            Known now = new Known(metadata, validator(issuer, metadata));
            known = now;
            return now;
        } catch (IOException e) {
            throw unreachable("metadata", e);
        } catch (GeneralException e) {
            throw new OidcException(
                    OidcException.Kind.UNREACHABLE,
                    "the metadata of " + settings.issuer() + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private IDTokenValidator validator(Issuer issuer, OIDCProviderMetadata metadata) throws MalformedURLException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(
                                PATIENCE,
                                PATIENCE,
                                LARGEST,
                                true,
                                settings.trust().orElse(null)))
                .retrying(true)
                .build();
        return new IDTokenValidator(
                issuer,
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(algorithms(metadata), keys),
                null);
    }

    /** Only those by which none but the provider can sign: "none" and secrets that both have are not among them. */
    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
        Set<JWSAlgorithm> good = new HashSet<>(JWSAlgorithm.Family.RSA);
        good.addAll(JWSAlgorithm.Family.EC);
        Optional.<List<JWSAlgorithm>>ofNullable(metadata.getIDTokenJWSAlgs()).ifPresent(good::retainAll);
        return good;
    }

    private void configure(HTTPRequest request) {
        request.setConnectTimeout(PATIENCE);
        request.setReadTimeout(PATIENCE);
        request.setFollowRedirects(false);
        settings.trust().ifPresent(request::setSSLSocketFactory);
    }

    private OidcException unreachable(String what, IOException e) {
        return new OidcException(
                OidcException.Kind.UNREACHABLE,
                "the " + what + " of " + settings.issuer() + " cannot be reached: " + e.getMessage(),
                e);
    }
}
