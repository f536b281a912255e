package dev.drydock.dist.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataConsumer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.PackagingException;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarArchiveEntry;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarConstants;

/** Writes a package of Debian's family. */
final class Deb {
    private Deb() {}

    /** @param made the time that everything in it has */
    static void write(Software software, Path to, Instant made) throws IOException {
        Path control = Files.createTempDirectory("drydock-control");
        List<Path> files = new ArrayList<>();
        try {
            control(software).forEach((name, text) -> files.add(write(control.resolve(name), text)));
            DebMaker maker = new DebMaker(
                    new Quiet(),
                    List.of(consumer -> produce(software.tree(), consumer, made)),
                    List.of(consumer -> produceKept(software.tree(), consumer)));
            maker.setDeb(to.toFile());
            maker.setControl(control.toFile());
            maker.setPackage(software.name());
            maker.setDescription(software.summary());
            maker.setCompression("gzip");
            maker.setDigest("SHA256");
            maker.setTarLongFileMode("gnu");
            maker.setTarBigNumberMode("gnu");
            maker.setOutputTimestampMs(made.toEpochMilli());
            maker.validate();
            maker.makeDeb();
        } catch (PackagingException e) {
            throw new IOException("the package " + to + " cannot be written: " + e.getMessage(), e);
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(control);
        }
    }

    private static Map<String, String> control(Software software) {
        return Map.of(
                "control",
                        """
                Package: %s
                Version: %s
                Section: %s
                Priority: optional
                Architecture: %s
                Depends: %s
                Maintainer: The Drydock project <drydock@drydock.invalid>
                Description: %s
                %s
                """.formatted(
                                        software.name(),
                                        software.packageVersion(),
                                        software.section(),
                                        Software.debianProcessor(),
                                        software.debianNeeds(),
                                        software.summary(),
                                        software.description().strip().replaceAll("(?m)^", " ")),
                "preinst", Lifecycle.debian(software, Lifecycle.DEBIAN_PREINST),
                "postinst", Lifecycle.debian(software, Lifecycle.DEBIAN_POSTINST),
                "prerm", Lifecycle.debian(software, Lifecycle.DEBIAN_PRERM),
                "postrm", Lifecycle.debian(software, Lifecycle.DEBIAN_POSTRM));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void produce(Tree tree, DataConsumer consumer, Instant made) throws IOException {
        for (Map.Entry<String, Entry> each : tree.all().entrySet()) {
            String path = "." + each.getKey();
            switch (each.getValue()) {
                case Entry.Directory directory ->
                    consumer.onEachDir(entry(path + "/", 0040000 | directory.mode(), 0, made));
                case Entry.Link link -> {
                    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
                    entry.setLinkName(link.target());
                    consumer.onEachLink(finish(entry, 0120777, made));
                }
                case Entry.Content content -> file(consumer, path, content.mode(), content, made);
                case Entry.File file -> file(consumer, path, file.mode(), file, made);
            }
        }
    }

    private static void file(DataConsumer consumer, String path, int mode, Entry entry, Instant made)
            throws IOException {
        byte[] bytes = Entry.bytes(entry);
        consumer.onEachFile(new ByteArrayInputStream(bytes), entry(path, 0100000 | mode, bytes.length, made));
    }

    /** Debian's word for what is somebody's to change: a conffile. */
    private static void produceKept(Tree tree, DataConsumer consumer) throws IOException {
        for (Map.Entry<String, Entry> each : tree.all().entrySet()) {
            if (each.getValue() instanceof Entry.Content content && content.kept()) {
                consumer.onEachFile(
                        new ByteArrayInputStream(content.bytes()),
                        new TarArchiveEntry("." + each.getKey(), TarConstants.LF_NORMAL));
            }
        }
    }

    private static TarArchiveEntry entry(String path, int mode, long size, Instant made) {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(size);
        return finish(entry, mode, made);
    }

    private static TarArchiveEntry finish(TarArchiveEntry entry, int mode, Instant made) {
        entry.setUserId(0);
        entry.setGroupId(0);
        entry.setUserName("root");
        entry.setGroupName("root");
        entry.setMode(mode);
        entry.setModTime(made.toEpochMilli());
        return entry;
    }

    private static final class Quiet implements Console {
        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {
            System.err.println("drydock: " + message);
        }
    }
}
