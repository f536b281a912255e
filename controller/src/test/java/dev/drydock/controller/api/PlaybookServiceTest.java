package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.Signed;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PlaybookServiceGrpc.PlaybookServiceBlockingStub;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.Signer;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaybookServiceTest {
    private static final String FIRST = Signed.yaml("web-monthly", "first");

    private final SigningKey ops = SigningKey.generate("ops-2026");

    @TempDir
    Path directory;

    private List<Problem> lintErrors = List.of();
    private TestServer server;
    private PlaybookServiceBlockingStub playbooks;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, test -> {
            Signers signers = new Signers(new SqlSigners(test.store()), TestServer.CLOCK);
            PlaybookLibrary library = new PlaybookLibrary(
                    new SqlPlaybooks(test.store()), signers, (file, yaml) -> lintErrors, TestServer.CLOCK);
            return List.of(new PlaybookService(library, signers));
        });
        playbooks = server.client(PlaybookServiceGrpc::newBlockingStub);
        assertThat(pin("ops-2026", ops).getKeyId()).isEqualTo(ops.signer().keyId());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pushesShowsAndLists() {
        Playbook pushed = push(Signed.envelope(FIRST, ops), FIRST);
        assertThat(pushed.getVersion()).isEqualTo(1);
        assertThat(pushed.getMaintenance()).isEqualTo("preventive");
        assertThat(push(Signed.envelope(FIRST, ops), FIRST)).isEqualTo(pushed);
        String second = Signed.yaml("web-monthly", "second");
        assertThat(push(Signed.envelope(second, ops), second).getVersion()).isEqualTo(2);

        Playbook shown = playbooks.getPlaybook(
                GetPlaybookRequest.newBuilder().setReference("web-monthly@1").build());
        assertThat(shown.getSource()).isEqualTo(FIRST);
        assertThat(shown.getCanonical()).startsWith("{\"apiVersion\":\"drydock/v1\"");
        assertThat(shown.toBuilder()
                        .clearSource()
                        .clearCanonical()
                        .clearEnvelope()
                        .build())
                .isEqualTo(pushed);
        assertThat(shown.getEnvelope())
                .as("as it was pushed, so that it can be pushed elsewhere")
                .isNotEmpty();

        assertThat(list("")).containsExactly(2);
        assertThat(list("web-monthly")).containsExactly(2, 1);
    }

    private List<Integer> list(String name) {
        return playbooks
                .listPlaybooks(ListPlaybooksRequest.newBuilder().setName(name).build())
                .getPlaybooksList()
                .stream()
                .map(Playbook::getVersion)
                .toList();
    }

    @Test
    void refusesWhatNobodyPinnedSigned() {
        byte[] strange = Signed.envelope(FIRST, SigningKey.generate("stranger"));
        assertFails(Status.Code.FAILED_PRECONDITION, () -> push(strange, FIRST))
                .hasMessageContaining("not among the pinned signers")
                .hasMessageContaining("ops-2026");
    }

    @Test
    void refusesWhatWasTamperedWith() {
        String envelope = new String(Signed.envelope(FIRST, ops), StandardCharsets.UTF_8);
        int middle = envelope.indexOf("\"payload\":\"") + 40;
        char other = envelope.charAt(middle) == 'A' ? 'B' : 'A';
        String tampered = envelope.substring(0, middle) + other + envelope.substring(middle + 1);
        assertFails(Status.Code.FAILED_PRECONDITION, () -> push(tampered.getBytes(StandardCharsets.UTF_8), FIRST))
                .hasMessageContaining("changed after it was signed");
    }

    @Test
    void refusesWhatIsNoEnvelopeOrIsMissing() {
        assertFails(Status.Code.INVALID_ARGUMENT, () -> push("[]".getBytes(StandardCharsets.UTF_8), FIRST));
        assertFails(Status.Code.INVALID_ARGUMENT, () -> push(new byte[0], ""))
                .hasMessageContaining("envelope: is empty")
                .hasMessageContaining("\nsource: is empty");
    }

    @Test
    void refusesLintErrorsAllAtOnce() {
        lintErrors = List.of(
                new Problem("web-monthly.yaml", 6, 7, "spec.steps[0]", "first", Optional.empty()),
                new Problem("web-monthly.yaml", 6, 20, "spec.steps[0]", "second", Optional.of("x")));
        assertFails(Status.Code.INVALID_ARGUMENT, () -> push(Signed.envelope(FIRST, ops), FIRST))
                .hasMessageContaining("web-monthly.yaml:6:7: spec.steps[0]: first\n"
                        + "web-monthly.yaml:6:20: spec.steps[0]: second; did you mean x?");
        assertThat(list("")).isEmpty();
    }

    @Test
    void saysWhatThereIsInstead() {
        push(Signed.envelope(FIRST, ops), FIRST);
        assertFails(Status.Code.NOT_FOUND, () -> get("web-montly")).hasMessageContaining("Did you mean web-monthly?");
        assertFails(Status.Code.NOT_FOUND, () -> get("web-monthly@7")).hasMessageContaining("web-monthly@1");
        assertFails(Status.Code.NOT_FOUND, () -> list("nothing-like-it"));
        assertFails(Status.Code.INVALID_ARGUMENT, () -> get("web@x")).hasMessageContaining("web-monthly@7");
    }

    private void get(String reference) {
        assertThat(playbooks.getPlaybook(
                        GetPlaybookRequest.newBuilder().setReference(reference).build()))
                .isNotNull();
    }

    @Test
    void pinsASignerOnce() {
        assertThat(pin("ops-2026", ops).getPinnedAt()).isEqualTo(Times.timestamp(FakeHosts.NOON));
        assertFails(Status.Code.ALREADY_EXISTS, () -> pin("ops-2026", SigningKey.generate("other")))
                .hasMessageContaining("pinned for another key");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> assertThat(playbooks.pinSigner(PinSignerRequest.newBuilder()
                                .setName("a b")
                                .setPublicKey(ByteString.copyFrom(new byte[5]))
                                .build()))
                        .isNotNull())
                .hasMessageContaining("name: 'a b'")
                .hasMessageContaining("public_key: has 5 bytes");
        assertThat(playbooks
                        .listSigners(ListSignersRequest.getDefaultInstance())
                        .getSignersList())
                .extracting(Signer::getName)
                .containsExactly("ops-2026");
    }

    private Signer pin(String name, SigningKey key) {
        return playbooks.pinSigner(PinSignerRequest.newBuilder()
                .setName(name)
                .setPublicKey(ByteString.copyFrom(key.signer().rawKey()))
                .build());
    }

    private Playbook push(byte[] envelope, String source) {
        return playbooks.pushPlaybook(PushPlaybookRequest.newBuilder()
                .setEnvelope(ByteString.copyFrom(envelope))
                .setSource(source)
                .build());
    }
}
