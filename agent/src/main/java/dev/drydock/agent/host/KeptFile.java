package dev.drydock.agent.host;

/**
 * What was at a path at one moment.
 *
 * @param path inside the managed system
 * @param content where a regular file's bytes are kept, relative to the keeper's directory; else empty
 * @param sha256 of the content of a regular file, hex; else empty
 * @param link target of a symbolic link; else empty
 * @param mode the permission bits, including set-id and sticky
 */
public record KeptFile(String path, Kind kind, String content, String sha256, String link, int uid, int gid, int mode) {
    /** What a path may hold. */
    public enum Kind {
        ABSENT,
        FILE,
        LINK
    }

    public static KeptFile absent(String path) {
        return new KeptFile(path, Kind.ABSENT, "", "", "", 0, 0, 0);
    }

    /** Same bytes, owner, group and mode (or the same link, or nothing in both cases). */
    public boolean sameState(KeptFile other) {
        return kind == other.kind
                && sha256.equals(other.sha256)
                && link.equals(other.link)
                && uid == other.uid
                && gid == other.gid
                && mode == other.mode;
    }
}
