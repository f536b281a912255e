package dev.drydock.cli.bootstrap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes the archive of a folder when the first host needs it, for all of them; gone on close. For several threads. */
final class ParcelFiles implements ParcelContents, AutoCloseable {
    private final Map<Path, Path> archives = new HashMap<>();

    @Override
    public synchronized Path file(Parcel parcel) {
        return parcel.kind() == Parcel.Kind.FOLDER
                ? archives.computeIfAbsent(parcel.path(), ParcelFiles::pack)
                : parcel.path();
    }

    private static Path pack(Path folder) {
        try {
            Path archive = Files.createTempFile("drydock-agent-", ".tar.gz");
            archive.toFile().deleteOnExit();
            // The fastest: most of it is compressed already.
            try (OutputStream file = Files.newOutputStream(archive);
                    OutputStream zip = new GZIPOutputStream(file, 1 << 16) {
                        {
                            def.setLevel(Deflater.BEST_SPEED);
                        }
                    };
                    OutputStream out = new BufferedOutputStream(zip, 1 << 16)) {
                FolderArchive.write(folder, out);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be packed", e);
        }
    }

    @Override
    public synchronized void close() {
        archives.values().forEach(archive -> {
            try {
                Files.deleteIfExists(archive);
            } catch (IOException e) {
                // It lies among temporary files, and goes with them.
                archive.toFile().deleteOnExit();
            }
        });
        archives.clear();
    }
}
