package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.KeptFile;

/** {@link KeptFile} as it is journaled. */
final class KeptFiles {
    private KeptFiles() {}

    static Struct struct(KeptFile kept) {
        return new Structs()
                .put("path", kept.path())
                .put(
                        "kind",
                        kept.kind() == KeptFile.Kind.ABSENT ? "" : kept.kind().name())
                .put("content", kept.content())
                .put("sha256", kept.sha256())
                .put("link", kept.link())
                .put("uid", kept.uid())
                .put("gid", kept.gid())
                .put("mode", kept.mode())
                .build();
    }

    static KeptFile of(Struct struct) {
        String kind = Structs.string(struct, "kind");
        return new KeptFile(
                Structs.string(struct, "path"),
                kind.isEmpty() ? KeptFile.Kind.ABSENT : KeptFile.Kind.valueOf(kind),
                Structs.string(struct, "content"),
                Structs.string(struct, "sha256"),
                Structs.string(struct, "link"),
                (int) Structs.integer(struct, "uid"),
                (int) Structs.integer(struct, "gid"),
                (int) Structs.integer(struct, "mode"));
    }

    /** For people: {@code sha256 1f2e3d4c…, 0644, 0:0}. */
    static String describe(KeptFile file) {
        return switch (file.kind()) {
            case ABSENT -> "not there";
            case LINK -> "link to " + file.link();
            case FILE ->
                "sha256 " + file.sha256().substring(0, 12) + "…, " + String.format("%04o", file.mode()) + ", "
                        + file.uid() + ":" + file.gid();
        };
    }
}
