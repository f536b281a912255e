package dev.drydock.agent.run;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.OfferReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest {@value #MAX} refusals, so that a repeated offer gets the same answer, also after a restart. One file, replaced
 * as a whole: refusals are rare and small. Safe for use by several threads.
 */
final class Refusals {
    static final int MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Path file;
    private final Map<String, OfferReply> byRunId = new LinkedHashMap<>();

    Refusals(Path file) {
        this.file = file;
    }

    /** A file that cannot be read is left out: each of its offers would then be judged again. */
    synchronized void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            for (OfferReply reply = next(in); reply != null; reply = next(in)) {
                byRunId.put(reply.getRunId(), reply);
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("the refusals in {} cannot be read after the first {}", file, byRunId.size(), e);
        }
    }

    private static @org.jspecify.annotations.Nullable OfferReply next(ByteArrayInputStream in) throws IOException {
        return OfferReply.parseDelimitedFrom(in);
    }

    synchronized Optional<OfferReply> of(String runId) {
        return Optional.ofNullable(byRunId.get(runId));
    }

    /** On disk when it returns, if the disk allows; a refusal that is forgotten does no harm. */
    synchronized void add(OfferReply reply) {
        byRunId.put(reply.getRunId(), reply);
        Iterator<String> oldest = byRunId.keySet().iterator();
        while (byRunId.size() > MAX) {
            oldest.next();
            oldest.remove();
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (OfferReply known : byRunId.values()) {
                known.writeDelimitedTo(out);
            }
            DurableFiles.replace(file, out.toByteArray());
        } catch (IOException e) {
            LOG.warn("the refusal of run {} cannot be kept in {}", reply.getRunId(), file, e);
        }
    }
}
