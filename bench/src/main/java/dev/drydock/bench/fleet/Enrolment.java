package dev.drydock.bench.fleet;

import com.google.protobuf.ByteString;
import dev.drydock.bench.BenchException;
import dev.drydock.bench.grpc.AgentTransport;
import dev.drydock.bench.tls.Identity;
import dev.drydock.bench.tls.Keys;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import io.grpc.ManagedChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Enrols a fleet as agents enrol, but over one connection: what is measured is the controller's part. */
final class Enrolment {
    private static final int AT_ONCE = 16;

    private Enrolment() {}

    static List<Identity> enrol(AgentTransport transport, String token, int from, int agents)
            throws InterruptedException {
        List<KeyPair> keys = Keys.generate(agents);
        ManagedChannel channel = transport.anonymous();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Identity>> enrolled = new ArrayList<>();
            for (int i = 0; i < agents; i++) {
                KeyPair pair = keys.get(i);
                String name = "bench-" + (from + i);
                enrolled.add(callers.submit(() -> one(channel, token, name, pair)));
            }
            List<Identity> identities = new ArrayList<>();
            for (Future<Identity> future : enrolled) {
                identities.add(future.get());
            }
            return identities;
        } catch (ExecutionException e) {
            throw new BenchException("an agent could not enrol: " + e.getMessage(), e);
        } finally {
            channel.shutdownNow();
        }
    }

    private static Identity one(ManagedChannel channel, String token, String name, KeyPair keys)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        EnrollResponse response = EnrollmentGrpc.newBlockingStub(channel)
                .enroll(EnrollRequest.newBuilder()
                        .setToken(token)
                        .setHostname(name)
                        .setAgentVersion("simulated")
                        .setCsr(ByteString.copyFrom(request(name, keys)))
                        .build());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(response.getCertificateChain(0).toByteArray()));
        return new Identity(keys.getPrivate(), certificate);
    }

    private static byte[] request(String name, KeyPair keys) throws IOException, OperatorCreationException {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
    }
}
