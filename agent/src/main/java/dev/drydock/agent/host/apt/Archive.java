package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HttpGet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One archive's Release file, and the one that apt keeps of it. */
sealed interface Archive {
    /** Whether the archive says clearly that it has no other; whatever keeps it from saying so is no. */
    boolean hasNothingNew(Duration most) throws InterruptedException;

    /** Its files are on this machine. */
    record OnDisk(Path release, Path list) implements Archive {
        @Override
        public boolean hasNothingNew(Duration most) {
            try {
                return Files.mismatch(release, list) == -1;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Asked as apt asks: apt gives what it keeps the date that the server told. */
    record OnServer(URI release, Path list) implements Archive {
        private static final int NOT_MODIFIED = 304;

        @Override
        public boolean hasNothingNew(Duration most) throws InterruptedException {
            try {
                return HttpGet.askIfNewer(
                                        release, Files.getLastModifiedTime(list).toInstant(), most)
                                .status()
                        == NOT_MODIFIED;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
