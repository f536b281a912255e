package dev.drydock.agent.host.wordpress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whom the site's own code runs as: never root. */
public record SiteUser(int uid, int gid) {
    /**
     * The owner of what the site itself writes (its uploads, its content), else of its files.
     *
     * @param site its directory on this machine
     * @param content its content's
     */
    public static Optional<SiteUser> of(Path site, Path content) throws IOException {
        for (Path path : List.of(content.resolve("uploads"), content.resolve("upgrade"), content, site)) {
            if (Files.isDirectory(path)) {
                int uid = (Integer) Files.getAttribute(path, "unix:uid");
                if (uid != 0) {
                    return Optional.of(new SiteUser(uid, (Integer) Files.getAttribute(path, "unix:gid")));
                }
            }
        }
        return Optional.empty();
    }

    /** Runs the program as this user, who can gain no rights by it. */
    List<String> prefix() {
        return List.of(
                "setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--inh-caps=-all", "--no-new-privs");
    }
}
