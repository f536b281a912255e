package dev.drydock.cli.bootstrap;

import dev.drydock.cli.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what an agent on this machine is: the folder of the distribution, or a package by its name. */
public final class Parcels {
    private static final Pattern DEB = Pattern.compile("drydock-agent_([^_]+)_([a-z0-9]+)\\.deb");
    private static final Pattern RPM = Pattern.compile("drydock-agent-(.+)\\.([a-z0-9_]+)\\.rpm");
    private static final Pattern OS_ARCH = Pattern.compile("(?m)^OS_ARCH=\"([A-Za-z0-9_]+)\"$");
    /** What a package unpacks to, a multiple of its own size: a guess that errs upwards. */
    private static final int UNPACKED = 4;

    private static final String NEXT = "Give drydock-agent_VERSION_ARCH.deb, drydock-agent-VERSION.ARCH.rpm or the"
            + " distribution's folder drydock-agent.";

    private Parcels() {}

    /** @throws CliException one of them is no agent */
    public static List<Parcel> of(List<Path> paths) {
        return paths.stream().map(Parcels::of).toList();
    }

    /**
     * Those that lie beside the distribution that this program runs from: the folder, and packages.
     *
     * @param home of this program
     */
    public static List<Parcel> beside(Path home) {
        Path around = home.toAbsolutePath().normalize().getParent();
        if (around == null) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        Path packages = around.resolve("packages");
        if (Files.isDirectory(packages)) {
            try (Stream<Path> files = Files.list(packages)) {
                files.filter(file -> isPackage(String.valueOf(file.getFileName())))
                        .sorted()
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Path folder = around.resolve("drydock-agent");
        if (Files.isRegularFile(folder.resolve("VERSION"))) {
            found.add(folder);
        }
        return of(found);
    }

    private static boolean isPackage(String name) {
        return DEB.matcher(name).matches() || RPM.matcher(name).matches();
    }

    private static Parcel of(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return folder(path);
            }
            if (!Files.isReadable(path)) {
                throw CliException.usage("--package " + path + ": there is no such file, or it may not be read.", NEXT);
            }
            String name = String.valueOf(path.getFileName());
            Matcher deb = DEB.matcher(name);
            if (deb.matches()) {
                return packaged(Parcel.Kind.DEB, path, deb.group(1), deb.group(2));
            }
            Matcher rpm = RPM.matcher(name);
            if (rpm.matches()) {
                return packaged(Parcel.Kind.RPM, path, rpm.group(1), rpm.group(2));
            }
            throw CliException.usage("--package " + path + " is no agent.", NEXT);
        } catch (IOException e) {
            throw CliException.failed("--package " + path + " cannot be read: " + e.getMessage() + ".", NEXT);
        }
    }

    private static Parcel packaged(Parcel.Kind kind, Path path, String version, String arch) throws IOException {
        return new Parcel(kind, path, version, Parcel.arch(arch), Optional.empty(), Files.size(path) * UNPACKED);
    }

    private static Parcel folder(Path path) throws IOException {
        Path version = path.resolve("VERSION");
        if (!Files.isRegularFile(version) || !Files.isExecutable(path.resolve("bin/drydock-agent"))) {
            throw CliException.usage("--package " + path + " is no folder of an agent.", NEXT);
        }
        Path java = path.resolve("runtime/lib/server/libjvm.so");
        return new Parcel(
                Parcel.Kind.FOLDER,
                path,
                Files.readString(version).strip(),
                arch(path),
                Elf.glibcNeeded(java),
                size(path));
    }

    /** Of the runtime in it: told by the runtime, or by the head of its library. */
    private static String arch(Path folder) throws IOException {
        Matcher told = OS_ARCH.matcher(Files.readString(folder.resolve("runtime/release")));
        return told.find() ? Parcel.arch(told.group(1)) : Elf.arch(folder.resolve("runtime/lib/server/libjvm.so"));
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
