package dev.drydock.controller.artifact;

import dev.drydock.controller.artifact.ArtifactRefusedException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artifacts as the fleet may have them. Thread-safe: an artifact that two push at once is one. */
public final class ArtifactLibrary {
    /** Most bytes of one artifact: what agents unpack at most. */
    public static final long LARGEST = 1L << 30;

    private static final Logger log = LoggerFactory.getLogger(ArtifactLibrary.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
    private static final String SHA256 = "sha256:";

    private final ArtifactStore store;
    private final ArtifactFiles files;
    private final InstantSource clock;

    public ArtifactLibrary(ArtifactStore store, ArtifactFiles files, InstantSource clock) {
        this.store = store;
        this.files = files;
        this.clock = clock;
    }

    /** Makes record and files agree after whatever ended the controller. Once, before anybody asks. */
    public void open() throws IOException {
        Set<String> known = new HashSet<>();
        store.list().forEach(artifact -> known.add(artifact.digest()));
        for (String lost : files.sweep(known)) {
            log.warn("artifact {} is on record and has no file: it is forgotten; push it again", lost);
            store.delete(lost);
        }
    }

    /** Being received; closed before it was kept, nothing of it is left. */
    public final class Push implements AutoCloseable {
        private final Artifact wanted;
        private final Incoming incoming;

        private Push(Artifact wanted, Incoming incoming) {
            this.wanted = wanted;
            this.incoming = incoming;
        }

        public void write(ByteBuffer bytes) throws ArtifactRefusedException, IOException {
            incoming.write(bytes);
        }

        /** All has come. */
        public Artifact keep() throws ArtifactRefusedException, IOException {
            incoming.keep();
            return store.add(wanted);
        }

        @Override
        public void close() throws IOException {
            incoming.close();
        }
    }

    /**
     * Begins to receive one.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits
     * @param name for people
     */
    public Push push(String digest, String name, long size) throws ArtifactRefusedException, IOException {
        List<String> problems = new ArrayList<>();
        if (!isDigest(digest)) {
            problems.add("digest: '" + digest + "' is none; expected sha256: and 64 lower-case hexadecimal digits");
        }
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    "name: '" + name
                            + "' is none; expected letters, digits, '.', '_', '+' and '-', at most 128, the first a letter or digit");
        }
        if (size <= 0) {
            problems.add("size: " + size + " is none; expected the number of bytes, at least 1");
        }
        if (!problems.isEmpty()) {
            throw new ArtifactRefusedException(Kind.INVALID, String.join("\n", problems));
        }
        String plain = digest.substring(SHA256.length());
        return new Push(new Artifact(plain, name, size, clock.instant()), files.receive(plain, size));
    }

    private static boolean isDigest(String text) {
        return text.startsWith(SHA256) && ArtifactFiles.isDigest(text.substring(SHA256.length()));
    }

    public Optional<Artifact> find(String digest) {
        return isDigest(digest) ? store.find(digest.substring(SHA256.length())) : Optional.empty();
    }

    /** @throws UnknownArtifactException when there is none */
    public Artifact get(String digest) {
        return find(digest).orElseThrow(() -> new UnknownArtifactException(digest));
    }

    /** The newest first. */
    public List<Artifact> list() {
        return store.list();
    }

    /** @throws UnknownArtifactException when there is none */
    public void delete(String digest) throws IOException {
        Artifact artifact = get(digest);
        if (!store.delete(artifact.digest())) {
            throw new UnknownArtifactException(digest);
        }
        files.delete(artifact.digest());
    }
}
