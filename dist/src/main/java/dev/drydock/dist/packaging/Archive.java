package dev.drydock.dist.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Writes what lies below a directory of a package as a tar archive: what agents update themselves from. */
final class Archive {
    private Archive() {}

    static void write(Tree tree, String below, Path to, Instant made) throws IOException {
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(to)))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (Map.Entry<String, Entry> each : tree.all().entrySet()) {
                if (each.getKey().startsWith(below + "/")) {
                    put(out, "." + each.getKey().substring(below.length()), each.getValue(), made);
                }
            }
        }
    }

    private static void put(TarArchiveOutputStream out, String path, Entry content, Instant made) throws IOException {
        byte[] bytes = content instanceof Entry.Link ? new byte[0] : Entry.bytes(content);
        TarArchiveEntry entry =
                switch (content) {
                    case Entry.Link link -> {
                        TarArchiveEntry linked = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
                        linked.setLinkName(link.target());
                        yield linked;
                    }
                    case Entry.Directory directory -> new TarArchiveEntry(path + "/");
                    case Entry.Content file -> new TarArchiveEntry(path);
                    case Entry.File file -> new TarArchiveEntry(path);
                };
        entry.setMode(
                switch (content) {
                    case Entry.Link link -> 0120777;
                    case Entry.Directory directory -> 0040000 | directory.mode();
                    case Entry.Content file -> 0100000 | file.mode();
                    case Entry.File file -> 0100000 | file.mode();
                });
        entry.setSize(bytes.length);
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setModTime(made.toEpochMilli());
        out.putArchiveEntry(entry);
        new ByteArrayInputStream(bytes).transferTo(out);
        out.closeArchiveEntry();
    }
}
