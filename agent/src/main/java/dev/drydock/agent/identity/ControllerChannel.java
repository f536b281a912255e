package dev.drydock.agent.identity;

import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections to the agent plane. */
public final class ControllerChannel {
    /** A peer that is gone without a word is noticed after the two together. */
    private static final int PING_AFTER_SECONDS = 30;

    private static final int PING_ANSWERED_WITHIN_SECONDS = 10;
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final String[] TLS = {"TLSv1.3"};
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    static {
        JavaTrust.defer();
    }

    private ControllerChannel() {}

    /** Connects at the first call. Callbacks of calls run on the connection's own threads and must not block. */
    public static ManagedChannel open(ControllerAddress address, SSLSocketFactory tls, String agentVersion) {
        return OkHttpChannelBuilder.forAddress(address.host(), address.port())
                .sslSocketFactory(tls)
                .tlsConnectionSpec(TLS, SUITES)
                .executor(Runnable::run)
                .keepAliveTime(PING_AFTER_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_MESSAGE)
                .disableRetry()
                .userAgent("drydock-agent/" + agentVersion)
                .build();
    }
}
