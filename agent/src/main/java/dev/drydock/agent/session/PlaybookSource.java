package dev.drydock.agent.session;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Signed playbooks by digest: from the cache, else from the controller, from where a transfer was cut off.
 * Safe for use by several threads: one transfer at a time.
 */
final class PlaybookSource {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int SECONDS = 120;

    private final PlaybookCache cache;
    private final List<PublicSigner> pinned;

    /** @param pinned signers that this host believes */
    PlaybookSource(PlaybookCache cache, List<PublicSigner> pinned) {
        this.cache = cache;
        this.pinned = List.copyOf(pinned);
    }

    /** What is offered cannot be had, now or ever: for the answer to the controller. */
    static final class UnavailableException extends Exception {
        private final String code;

        UnavailableException(String code, String message) {
            super(message);
            this.code = code;
        }

        /** A word for {@code OfferReply.reason_code}. */
        String code() {
            return code;
        }
    }

    /**
     * Blocks for the transfer.
     *
     * @throws UnavailableException the controller's answer is final: it has no such thing, or what it has is another
     * @throws IOException the transfer was cut off or the disk failed; asking again goes on from there
     */
    synchronized byte[] envelope(String digest, Channel channel) throws UnavailableException, IOException {
        if (!DIGEST.matcher(digest).matches()) {
            throw new UnavailableException("invalid_offer", "'" + digest + "' is no SHA-256 digest in lower-case hex");
        }
        Optional<byte[]> cached = cache.get(digest);
        if (cached.isPresent() && isGood(cached.get(), digest)) {
            return cached.get();
        }
        byte[] part = cache.part(digest);
        byte[] envelope = isGood(part, digest) ? part : fetch(digest, channel);
        if (part.length > 0 && !isGood(envelope, digest)) {
            // It may have been signed anew since the transfer began: two halves of two envelopes are none.
            cache.dropPart(digest);
            envelope = fetch(digest, channel);
        }
        if (!holds(envelope, digest)) {
            cache.dropPart(digest);
            throw new UnavailableException(
                    "digest", "what the controller sent as playbook " + digest + " is not that playbook");
        }
        cache.put(digest, envelope);
        return envelope;
    }

    /** Whether it is worth keeping: a fresh one from the controller might be signed by somebody who is believed. */
    private boolean isGood(byte[] envelope, String digest) {
        try {
            return Envelope.read(envelope).verify(pinned).digest().equals(digest);
        } catch (SignatureRefusedException e) {
            return false;
        }
    }

    /** Whether these bytes are an envelope around that playbook; whether it may run is for the engine to say. */
    private static boolean holds(byte[] envelope, String digest) {
        try {
            return CanonicalForm.digest(Envelope.read(envelope).unverifiedPayload())
                    .equals(digest);
        } catch (SignatureRefusedException e) {
            return false;
        }
    }

    private byte[] fetch(String digest, Channel channel) throws UnavailableException, IOException {
        long have = cache.part(digest).length;
        FetchRequest request =
                FetchRequest.newBuilder().setDigest(digest).setOffset(have).build();
        try {
            Iterator<Chunk> chunks = ContentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .fetch(request);
            long total = 0;
            while (chunks.hasNext()) {
                Chunk chunk = chunks.next();
                total = chunk.getTotalSize();
                if (chunk.getTotalSize() > Envelope.MAX_BYTES
                        || have + chunk.getData().size() > Envelope.MAX_BYTES) {
                    cache.dropPart(digest);
                    throw new UnavailableException(
                            "invalid_playbook",
                            "playbook " + digest + " has more than " + Envelope.MAX_BYTES + " bytes");
                }
                if (chunk.getOffset() != have) {
                    cache.dropPart(digest);
                    throw new IOException("a piece of playbook " + digest + " is from " + chunk.getOffset()
                            + ", expected from " + have);
                }
                cache.append(digest, chunk.getData().toByteArray());
                have += chunk.getData().size();
            }
            if (have < total) {
                throw new IOException("playbook " + digest + " has " + total + " bytes, only " + have + " came");
            }
        } catch (StatusRuntimeException e) {
            throw explain(digest, e);
        }
        return cache.part(digest);
    }

    private IOException explain(String digest, StatusRuntimeException e) throws UnavailableException, IOException {
        if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
            throw new UnavailableException("content_missing", "the controller has no playbook " + digest);
        }
        if (e.getStatus().getCode() == Status.Code.OUT_OF_RANGE
                || e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
            cache.dropPart(digest);
        }
        return new IOException("playbook " + digest + " cannot be fetched: " + e.getMessage(), e);
    }
}
