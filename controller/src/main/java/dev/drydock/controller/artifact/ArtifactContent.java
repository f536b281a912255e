package dev.drydock.controller.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The bytes of artifacts by what they are. */
@FunctionalInterface
public interface ArtifactContent {
    /** Where nothing was ever pushed. */
    ArtifactContent NONE = digest -> Optional.empty();

    /**
     * Opened for reading, also when it is deleted meanwhile; whoever asks closes it.
     *
     * @param digest SHA-256, 64 lower-case hexadecimal digits
     */
    Optional<FileChannel> open(String digest) throws IOException;
}
