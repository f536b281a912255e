package dev.drydock.cli.declare;

import com.google.protobuf.ByteString;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Pages;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.VerifiedPlaybook;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PushPlaybookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A playbook with its signature.
 *
 * @param beside where the envelope is, if there is one
 */
record SignedPlaybook(String name, Source source, byte[] canonical, Path beside) implements Declared.Making {
    /** The envelope, or why there is none that would do. */
    private record Read(Optional<Envelope> envelope, String problem) {}

    /** The same content in any version changes nothing when it is pushed, and needs no signature. */
    @Override
    public Finding check(Api api, Optional<Present> present) {
        String digest = CanonicalForm.digest(canonical);
        List<Playbook> versions = present.isPresent() ? versions(api) : List.of();
        Optional<Playbook> same = versions.stream()
                .filter(version -> version.getDigest().equals(digest))
                .findFirst();
        if (same.isPresent()) {
            boolean newest = same.get().getVersion() == versions.getFirst().getVersion();
            return newest
                    ? Finding.same(true)
                    : Finding.same(
                            true,
                            "it is version " + same.get().getVersion() + "; the newest is "
                                    + versions.getFirst().getVersion()
                                    + ", and what is rolled out without a version is that");
        }
        Read read = read();
        if (read.envelope().isEmpty()) {
            return Finding.refused(read.problem());
        }
        try {
            VerifiedPlaybook unused = read.envelope().get().verify(pinned(api));
            return Finding.NOTHING;
        } catch (SignatureRefusedException e) {
            return Finding.refused(String.valueOf(e.getMessage()));
        }
    }

    private static List<PublicSigner> pinned(Api api) {
        return api.playbooks().listSigners(ListSignersRequest.getDefaultInstance()).getSignersList().stream()
                .map(signer ->
                        PublicSigner.of(signer.getName(), signer.getPublicKey().toByteArray()))
                .toList();
    }

    private List<Playbook> versions(Api api) {
        return Pages.all(
                        ListPlaybooksRequest.newBuilder().setName(name).build(),
                        api.playbooks()::listPlaybooks,
                        ListPlaybooksResponse::getNextPageToken)
                .getPlaybooksList();
    }

    @Override
    public void make(Api api, Optional<Present> present) {
        Playbook unused = api.playbooks()
                .pushPlaybook(PushPlaybookRequest.newBuilder()
                        .setEnvelope(ByteString.copyFrom(
                                read().envelope().orElseThrow().write()))
                        .setSourceBytes(ByteString.copyFrom(source.content()))
                        .build());
    }

    private Read read() {
        String sign = "; sign it: drydock playbook sign " + source.file() + " --key FILE";
        try (InputStream in = Files.newInputStream(beside)) {
            Envelope envelope = Envelope.read(in.readNBytes(Envelope.MAX_BYTES + 1));
            return Arrays.equals(canonical, envelope.unverifiedPayload())
                    ? new Read(Optional.of(envelope), "")
                    : new Read(
                            Optional.empty(),
                            "it was changed after it was signed: " + beside + " holds another" + sign);
        } catch (NoSuchFileException e) {
            return new Read(Optional.empty(), "it is not signed: there is no " + beside + sign);
        } catch (IOException e) {
            return new Read(Optional.empty(), beside + " cannot be read: " + e.getMessage());
        } catch (SignatureRefusedException e) {
            return new Read(Optional.empty(), beside + ": " + e.getMessage() + sign);
        }
    }
}
