package dev.drydock.agent.identity;

import dev.drydock.proto.agent.v1.SessionGrpc;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the first connection needs and nothing has to wait for, done on another core while the agent reads what it has on disk: a
 * fifth of the time to the connection is the arithmetic of P-256, whose tables Java works out at its first use.
 */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private Readiness() {}

    /** Returns at once. Whether and when it is done changes nothing but the time. */
    public static void begin() {
        Thread.ofPlatform().daemon().name("readiness").start(Readiness::prepare);
    }

    /** In the order in which it is asked for. */
    private static void prepare() {
        try {
            SSLSocketFactory tls = Tls.nobody();
            arithmetic();
            ControllerChannel.open(new ControllerAddress("127.0.0.1", 1), tls, "readiness")
                    .shutdownNow();
            SessionGrpc.getConnectMethod();
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.debug("not prepared: {}", e.toString());
        }
    }

    private static void arithmetic() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.verify(signed);
    }
}
