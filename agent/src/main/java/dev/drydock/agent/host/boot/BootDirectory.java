package dev.drydock.agent.host.boot;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code /boot}. Changes nothing; thread-safe. */
public final class BootDirectory {
    private static final String BOOT = "/boot";
    private static final List<String> GRUB = List.of("/boot/grub", "/boot/grub2");
    private static final List<String> GRUB_FILES = List.of("grub.cfg", "grubenv");
    private static final String EFI = "/boot/efi/EFI";
    private static final List<String> ENTRIES =
            List.of("/boot/loader/entries", "/boot/efi/loader/entries", "/efi/loader/entries");
    private static final List<String> MAKERS =
            List.of("/usr/sbin/update-initramfs", "/usr/bin/dracut", "/usr/sbin/dracut", "/sbin/mkinitrd");
    private static final String LISTER = "/usr/bin/lsinitramfs";
    /** gzip, xz, zstd, lz4 (two), bzip2, lzma, and cpio as it is. */
    private static final List<String> ARCHIVES = List.of(
            "1f8b", "fd377a58", "28b52ffd", "02214c18", "04224d18", "425a68", "5d0000", "303730373031", "303730373032");

    private static final int MOST_MAGIC = 6;

    private final HostFiles files;
    private final Commands commands;

    public BootDirectory(HostFiles files, Commands commands) {
        this.files = files;
        this.commands = commands;
    }

    public BootState look() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        Set<String> ramdisks = new TreeSet<>();
        for (Path file : list(BOOT)) {
            String name = String.valueOf(file.getFileName());
            if (Files.isRegularFile(file)) {
                sizes.put(name, Files.size(file));
                if (BootState.isRamdisk(name) && isArchive(file)) {
                    ramdisks.add(name);
                }
            }
        }
        List<String> loaders = new ArrayList<>();
        for (String path : loaderFiles()) {
            files.read(path).filter(LoaderConfig::boots).ifPresent(loaders::add);
        }
        boolean makes = false;
        for (String maker : MAKERS) {
            makes |= files.exists(maker);
        }
        return new BootState(sizes, ramdisks, loaders, makes);
    }

    /** Configurations of boot loaders, as paths inside the managed system; sorted. They go back to what they were with the kernels. */
    public List<String> loaderFiles() throws IOException {
        Set<String> found = new TreeSet<>();
        List<String> directories = new ArrayList<>(GRUB);
        for (Path vendor : list(EFI)) {
            directories.add(EFI + "/" + vendor.getFileName());
        }
        for (String directory : directories) {
            for (String name : GRUB_FILES) {
                if (Files.isRegularFile(files.resolve(directory + "/" + name))) {
                    found.add(directory + "/" + name);
                }
            }
        }
        for (String directory : ENTRIES) {
            for (Path entry : list(directory)) {
                if (String.valueOf(entry.getFileName()).endsWith(".conf") && Files.isRegularFile(entry)) {
                    found.add(directory + "/" + entry.getFileName());
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * Has the system's own tool read an initial ramdisk to its end, where there is one.
     *
     * @throws HostException when it cannot
     */
    public void requireReadable(String ramdisk, Job job) throws HostException, IOException, InterruptedException {
        if (files.exists(LISTER)) {
            job.silent().require(commands, Map.of(), List.of(LISTER, BOOT + "/" + ramdisk));
        }
    }

    /** Where kernels go, on this machine. */
    public Path place() throws IOException {
        return files.resolve(Files.isDirectory(files.resolve(BOOT)) ? BOOT : "/");
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String magic = HexFormat.of().formatHex(in.readNBytes(MOST_MAGIC));
            return ARCHIVES.stream().anyMatch(magic::startsWith);
        }
    }

    private List<Path> list(String directory) throws IOException {
        Path path = files.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            entries.forEach(all::add);
        }
        return all;
    }
}
