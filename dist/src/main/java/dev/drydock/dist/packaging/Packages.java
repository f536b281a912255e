package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        List<Callable<Path>> files = new ArrayList<>();
        for (Software software : products.all(wanted)) {
            Lifecycle.require(software);
            files.add(file(out.resolve(software.debFile()), to -> Deb.write(software, to, made)));
            files.add(file(out.resolve(software.rpmFile()), to -> Rpm.write(software, to, made)));
            if (software.tree().all().get(Products.AGENT_IMAGE + "/BUILD") instanceof Entry.Content build) {
                String name = new String(build.bytes(), StandardCharsets.UTF_8).strip();
                String update = software.name() + "-update_" + name + "_" + Software.rpmProcessor() + ".tar.gz";
                files.add(file(
                        out.resolve(update), to -> Archive.write(software.tree(), Products.AGENT_IMAGE, to, made)));
            }
        }
        writeAll(files);
        Files.writeString(out.resolve("SHA256SUMS"), sums(out));
        // Who wants packages of another version, as tests of upgrades do, calls this program again.
        Files.writeString(target.resolve("packager.classpath"), String.valueOf(System.getProperty("java.class.path")));
    }

    private interface Writer {
        void write(Path to) throws IOException;
    }

    private static Callable<Path> file(Path to, Writer writer) {
        return () -> {
            writer.write(to);
            return to;
        };
    }

    /** Each is compressed by one thread, so several are written at a time. */
    private static void writeAll(List<Callable<Path>> files) throws IOException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<Path> file : threads.invokeAll(files)) {
                file.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a package cannot be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while packages were written", e);
        }
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
