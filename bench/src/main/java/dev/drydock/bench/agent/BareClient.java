package dev.drydock.bench.agent;

import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The least that can be called an agent, {@code BareClient DIRECTORY PORT}: one stream over mutual TLS on the agent's transport.
 * Says {@value #CONNECTED} when it is welcomed, then waits for its end. One class, so that it goes into a jar as it is.
 */
final class BareClient implements StreamObserver<ControllerMessage> {
    static final String CONNECTED = "connected to";
    private static final char[] NO_PASSWORD = {};

    private BareClient() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
        StreamObserver<AgentMessage> stream = SessionGrpc.newStub(
                        OkHttpChannelBuilder.forAddress("localhost", Integer.parseInt(arguments[1]))
                                .sslSocketFactory(tls(Path.of(arguments[0])))
                                .tlsConnectionSpec(new String[] {"TLSv1.3"}, new String[] {"TLS_AES_128_GCM_SHA256"})
                                .executor(Runnable::run)
                                .disableRetry()
                                .build())
                .connect(new BareClient());
        stream.onNext(AgentMessage.newBuilder()
                .setHello(Hello.newBuilder().setProtocolMin(1).setProtocolMax(1))
                .build());
        Thread.currentThread().join();
    }

    private static SSLSocketFactory tls(Path directory) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("host", key(directory.resolve("server.key")), NO_PASSWORD, new Certificate[] {
            certificate(directory.resolve("server.crt"))
        });
        store.setCertificateEntry("ca", certificate(directory.resolve("ca.crt")));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Override
    public void onNext(ControllerMessage message) {
        System.err.println(CONNECTED + " the bare server");
    }

    @Override
    public void onError(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void onCompleted() {}
}
