package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a package file from an installed package: its files as they are, its maintainer scripts and its control
 * paragraph from dpkg's database.
 *
 * <p>A conffile that was changed on the host is packed as a placeholder and not as it is, so that dpkg goes on holding it
 * for changed; whoever installs the package puts the kept conffiles back afterwards.
 */
final class Repacker {
    private static final List<String> NOT_IN_CONTROL = List.of("Status", "Conffiles", "Config-Version");
    private static final Set<String> NOT_CONTROL_FILES = Set.of("list");
    private static final String PLACEHOLDER = "# Stands for a configuration file that was changed on this host.\n";

    private final Apt apt;
    private final Dpkg dpkg;
    private final HostFiles files;

    Repacker(Apt apt, Dpkg dpkg, HostFiles files) {
        this.apt = apt;
        this.dpkg = dpkg;
        this.files = files;
    }

    void repack(PackageId id, String version, Staging staging, Job job) throws HostException, InterruptedException {
        String name = Versions.fileName(id, version);
        String tree = name + ".tree";
        try {
            Path outside = staging.outside().resolve(tree);
            Staging.deleteAll(outside);
            Files.createDirectory(outside, mode("rwxr-xr-x"));
            copyFiles(id, staging, tree, job);
            Files.createDirectory(outside.resolve("DEBIAN"), mode("rwxr-xr-x"));
            writeControl(id, outside.resolve("DEBIAN"));
            hideChangedConffiles(id, outside, job);
            apt.require(
                    List.of("dpkg-deb", "-Zgzip", "-z1", "--build", staging.inside(tree), staging.inside(name)),
                    job.silent());
            Staging.deleteAll(outside);
        } catch (IOException e) {
            throw new HostException("package " + id + " cannot be packed again: " + e.getMessage(), e);
        }
    }

    private void copyFiles(PackageId id, Staging staging, String tree, Job job)
            throws HostException, InterruptedException, IOException {
        String listed = apt.require(List.of("dpkg-query", "-L", Dpkg.query(id)), job.silent());
        Map<String, String> paths = RepackList.parse(listed);
        Set<String> parents = paths.keySet().stream()
                .map(p -> p.substring(0, p.lastIndexOf('/')))
                .collect(Collectors.toSet());
        StringBuilder list = new StringBuilder();
        for (Map.Entry<String, String> file : paths.entrySet()) {
            Path onDisk = files.resolveLink(file.getValue());
            boolean linkedDirectory = parents.contains(file.getKey()) && Files.isSymbolicLink(onDisk);
            if (linkedDirectory) {
                continue;
            }
            if (Files.exists(onDisk, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                list.append(file.getValue(), 1, file.getValue().length()).append('\0');
            } else {
                job.output().line("  " + file.getKey() + " of " + id + " is not on the system; packed without it");
            }
        }
        String tar = tree + ".tar";
        Files.writeString(staging.outside().resolve(tree + ".list"), list);
        apt.require(
                List.of(
                        "tar",
                        "-C",
                        "/",
                        "--no-recursion",
                        "--null",
                        "-T",
                        staging.inside(tree + ".list"),
                        "-cf",
                        staging.inside(tar)),
                job.silent());
        apt.require(
                List.of("tar", "-C", staging.inside(tree), "-xpf", staging.inside(tar), "--same-owner"), job.silent());
        Files.delete(staging.outside().resolve(tar));
        Files.delete(staging.outside().resolve(tree + ".list"));
        for (Map.Entry<String, String> file : paths.entrySet()) {
            Path diverted = staging.outside().resolve(tree + file.getValue());
            if (!file.getKey().equals(file.getValue()) && Files.exists(diverted)) {
                Files.move(diverted, staging.outside().resolve(tree + file.getKey()));
            }
        }
    }

    private void writeControl(PackageId id, Path target) throws HostException, IOException {
        String status = files.read(Dpkg.STATE + "/status")
                .orElseThrow(() -> new HostException("there is no " + Dpkg.STATE + "/status"));
        String stanza = DpkgStatus.stanzas(status).stream()
                .filter(s -> DpkgStatus.id(s).equals(id))
                .findFirst()
                .orElseThrow(() -> new HostException("dpkg's status file does not have " + id));
        Files.writeString(target.resolve("control"), DpkgStatus.without(stanza, NOT_IN_CONTROL));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(files.resolve(Dpkg.STATE + "/info"))) {
            for (Path file : all) {
                String part = controlFile(id, String.valueOf(file.getFileName()));
                if (!part.isEmpty() && !NOT_CONTROL_FILES.contains(part)) {
                    Files.copy(file, target.resolve(part), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** {@code postinst} of {@code name.postinst} or {@code name:arch.postinst}; empty for those of other packages. */
    static String controlFile(PackageId id, String fileName) {
        for (String prefix : List.of(id.name() + ".", id + ".")) {
            String part = fileName.startsWith(prefix) ? fileName.substring(prefix.length()) : "";
            if (!part.isEmpty() && part.indexOf('.') < 0) {
                return part;
            }
        }
        return "";
    }

    private void hideChangedConffiles(PackageId id, Path tree, Job job)
            throws HostException, InterruptedException, IOException {
        List<String> packed = new ArrayList<>();
        for (Map.Entry<String, String> conffile :
                dpkg.conffiles(List.of(id), job).entrySet()) {
            Path file = tree.resolve(conffile.getKey().substring(1));
            if (!Files.isRegularFile(file)) {
                Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
                Files.writeString(file, PLACEHOLDER);
            } else if (!md5(file).equals(conffile.getValue())) {
                Files.write(file, PLACEHOLDER.getBytes(StandardCharsets.UTF_8));
            }
            packed.add(conffile.getKey());
        }
        Path list = tree.resolve("DEBIAN/conffiles");
        Files.deleteIfExists(list);
        if (!packed.isEmpty()) {
            Files.writeString(list, String.join("\n", packed) + "\n");
        }
    }

    /** dpkg identifies conffiles by MD5; nothing here trusts it. */
    private static String md5(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
