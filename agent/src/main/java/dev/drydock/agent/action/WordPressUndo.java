package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.proto.agent.v1.Change;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code wordpress.update} needs later, as it is journaled. Knows no password: that is read anew from the site's configuration.
 *
 * @param site its directory on this machine
 * @param host the name in the site's own address
 * @param baseline how the site was before
 */
record WordPressUndo(Path site, int uid, int gid, String host, boolean wpCli, Struct baseline, List<Entry> items) {
    WordPressUndo {
        items = List.copyOf(items);
    }

    /**
     * An item with what takes its place.
     *
     * @param staging where its files are put ready, on its own file system
     */
    record Entry(Item item, String from, String to, Path staging, List<Target> targets) {
        Entry {
            targets = List.copyOf(targets);
        }

        /** For people. */
        String words() {
            return item + " " + from + " → " + to;
        }

        Change change(String result) {
            return Change.newBuilder()
                    .setKind(item.kind().word())
                    .setName(item.slug())
                    .setFrom(from)
                    .setTo(result)
                    .build();
        }
    }

    /**
     * A file or directory that is replaced as a whole.
     *
     * @param path on this machine
     * @param source below the item's new files; empty: all of them
     * @param oldDigest empty where nothing was there
     */
    record Target(Path path, String source, String oldDigest) {}

    static Path itemDir(Path workDir, int index) {
        return workDir.resolve("items").resolve(Integer.toString(index));
    }

    static Path newFiles(Path workDir, int index) {
        return itemDir(workDir, index).resolve("new");
    }

    static Path oldFile(Path workDir, int index, int target) {
        return itemDir(workDir, index).resolve("old").resolve(Integer.toString(target));
    }

    static Path dump(Path workDir, int index) {
        return itemDir(workDir, index).resolve("database.sql");
    }

    Struct toStruct() {
        return new Structs()
                .put("site", site.toString())
                .put("uid", uid)
                .put("gid", gid)
                .put("host", host)
                .put("wpCli", wpCli)
                .put("baseline", baseline)
                .putStructs("items", items.stream().map(WordPressUndo::struct).toList())
                .build();
    }

    private static Struct struct(Entry entry) {
        return new Structs()
                .put("kind", entry.item().kind().word())
                .put("slug", entry.item().slug())
                .put("from", entry.from())
                .put("to", entry.to())
                .put("staging", entry.staging().toString())
                .putStructs(
                        "targets",
                        entry.targets().stream()
                                .map(t -> new Structs()
                                        .put("path", t.path().toString())
                                        .put("source", t.source())
                                        .put("old", t.oldDigest())
                                        .build())
                                .toList())
                .build();
    }

    static WordPressUndo of(Struct struct) {
        return new WordPressUndo(
                Path.of(Structs.string(struct, "site")),
                (int) Structs.integer(struct, "uid"),
                (int) Structs.integer(struct, "gid"),
                Structs.string(struct, "host"),
                Structs.flag(struct, "wpCli"),
                Structs.struct(struct, "baseline"),
                Structs.structs(struct, "items").stream()
                        .map(WordPressUndo::entry)
                        .toList());
    }

    private static Entry entry(Struct struct) {
        return new Entry(
                new Item(Item.Kind.of(Structs.string(struct, "kind")), Structs.string(struct, "slug")),
                Structs.string(struct, "from"),
                Structs.string(struct, "to"),
                Path.of(Structs.string(struct, "staging")),
                Structs.structs(struct, "targets").stream()
                        .map(t -> new Target(
                                Path.of(Structs.string(t, "path")),
                                Structs.string(t, "source"),
                                Structs.string(t, "old")))
                        .toList());
    }
}
