package dev.drydock.agent.backup;

import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a backup is made of: its file {@value #NAME}, written last. It says nothing of what is inside of encrypted archives.
 *
 * @param id the backup's directory
 * @param restored whether a restore of it was proven when it was made
 */
public record Manifest(String id, String name, Instant created, boolean restored, List<Archive> archives) {
    public static final String NAME = "manifest.json";
    private static final String FORMAT = "drydock/backup/v1";
    private static final int MOST = 4 << 20;

    public Manifest {
        archives = List.copyOf(archives);
    }

    /**
     * One file of the backup.
     *
     * @param kind {@code files}, {@code listing} (of the files), or an engine of databases, or {@code state} (of a database)
     * @param of the database's name; empty for files
     */
    public record Archive(String file, String kind, String of, long size, String sha256) {}

    public long size() {
        return archives.stream().mapToLong(Archive::size).sum();
    }

    public byte[] json() {
        List<Object> files = new ArrayList<>();
        for (Archive archive : archives) {
            files.add(Map.of(
                    "file", archive.file(),
                    "kind", archive.kind(),
                    "of", archive.of(),
                    "size", archive.size(),
                    "sha256", archive.sha256()));
        }
        return JsonWriter.write(Map.of(
                "format", FORMAT,
                "id", id,
                "name", name,
                "created", created.toString(),
                "restored", restored,
                "archives", files));
    }

    /** @throws IOException for what is no manifest of ours */
    public static Manifest of(byte[] json) throws IOException {
        try {
            if (!(JsonReader.read(json, MOST).plain() instanceof Map<?, ?> map)) {
                throw new IOException("is no object");
            }
            Args args = args(map);
            if (!args.string("format").equals(FORMAT)) {
                throw new IOException("has format " + args.string("format") + ", expected " + FORMAT);
            }
            List<Archive> archives = new ArrayList<>();
            if (args.values().get("archives") instanceof List<?> list) {
                for (Object item : list) {
                    if (item instanceof Map<?, ?> one) {
                        archives.add(archive(args(one)));
                    }
                }
            }
            return new Manifest(
                    plainName(args.string("id")),
                    args.string("name"),
                    Instant.parse(args.string("created")),
                    args.flag("restored", false),
                    archives);
        } catch (SyntaxException | IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("is no manifest: " + e.getMessage(), e);
        }
    }

    private static Archive archive(Args args) throws IOException {
        return new Archive(
                plainName(args.string("file")),
                args.string("kind"),
                args.string("of"),
                args.integer("size", 0),
                args.string("sha256"));
    }

    /** Never a path: what is removed by a manifest lies beside it. */
    private static String plainName(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.%-]*")
                || !Path.of(name).equals(Path.of(name).getFileName())) {
            throw new IOException("names '" + name + "', expected the plain name of a file");
        }
        return name;
    }

    private static Args args(Map<?, ?> map) {
        Map<String, Object> values = new java.util.HashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Args(values);
    }
}
