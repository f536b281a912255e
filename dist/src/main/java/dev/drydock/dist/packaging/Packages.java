package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code Packages TARGET SOURCES VERSION TIME OUT [NAME…]}: makes the packages of what lies in TARGET, all of them unless some are
 * named, and their checksums. The same input makes the same bytes, whenever and wherever.
 */
public final class Packages {
    private Packages() {}

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Path out = Path.of(args[4]);
        Instant made = Instant.parse(args[3]);
        List<String> wanted = List.of(args).subList(5, args.length);
        Products products = new Products(target, Path.of(args[1]), args[2], made);
        Files.createDirectories(out);
        remove(out);
        for (Software software : products.all(wanted)) {
            Lifecycle.require(software);
            Deb.write(software, out.resolve(software.debFile()), made);
            Rpm.write(software, out.resolve(software.rpmFile()), made);
            if (software.tree().all().get(Products.AGENT_IMAGE + "/BUILD") instanceof Entry.Content build) {
                String name = new String(build.bytes(), StandardCharsets.UTF_8).strip();
                Archive.write(
                        software.tree(),
                        Products.AGENT_IMAGE,
                        out.resolve(software.name() + "-update_" + name + "_" + Software.rpmProcessor() + ".tar.gz"),
                        made);
            }
        }
        Files.writeString(out.resolve("SHA256SUMS"), sums(out));
        // Who wants packages of another version, as tests of upgrades do, calls this program again.
        Files.writeString(target.resolve("packager.classpath"), String.valueOf(System.getProperty("java.class.path")));
    }

    private static void remove(Path out) throws IOException {
        try (Stream<Path> old = Files.list(out)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    /** As sha256sum(1) writes and checks them. */
    private static String sums(Path out) throws IOException {
        TreeMap<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                sums.put(
                        String.valueOf(file.getFileName()),
                        HexFormat.of().formatHex(Tree.sha256().digest(Files.readAllBytes(file))));
            }
        }
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        return text.toString();
    }
}
