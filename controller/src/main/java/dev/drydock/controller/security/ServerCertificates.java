package dev.drydock.controller.security;

import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What both planes' servers show: one key, made at each start and never written, and a certificate for it that is renewed
 * before it ends. Connections that are open stay; new handshakes see the new certificate. Safe for use by several threads.
 */
public final class ServerCertificates {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final String ALIAS = "server";

    private final CertificateAuthority authority;
    private final CertificateRegister register;
    private final ServerNames names;
    private final InstantSource clock;
    private final KeyPair pair;
    private volatile IssuedCertificate current;

    /** Issues the first certificate and puts it on record. */
    public ServerCertificates(
            CertificateAuthority authority,
            CertificateRegister register,
            ServerNames names,
            InstantSource clock,
            SecureRandom random) {
        this.authority = authority;
        this.register = register;
        this.names = names;
        this.clock = clock;
        try {
            this.pair = CaKeyPair.newKey(random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes EC keys on P-256", e);
        }
        this.current = issue();
    }

    private IssuedCertificate issue() {
        IssuedCertificate issued = authority.issueForServer(names, pair.getPublic(), LIFETIME);
        register.recordServer(issued);
        return issued;
    }

    /** Issues a new certificate when two thirds of the current one's life are over. Blocks for the record; cheap otherwise. */
    public synchronized void renewIfDue() {
        Instant begin = current.notBefore();
        Duration life = Duration.between(begin, current.notAfter());
        if (!clock.instant().isBefore(begin.plus(life.multipliedBy(2).dividedBy(3)))) {
            current = issue();
        }
    }

    /** For a TLS server; asked at each handshake. */
    public KeyManagerFactory keyManagerFactory() {
        return new KeyManagerFactoryWrapper(new Keys());
    }

    public X509Certificate certificate() {
        return current.leaf();
    }

    private final class Keys extends X509ExtendedKeyManager {
        @Override
        public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return current.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return pair.getPrivate();
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
