package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Keeps the scripts of packages from starting services in a root directory that did not run there: the programs of an image
 * have no business on the machine that it is mounted on. By {@code policy-rc.d}, Debian's own means, for the time of one
 * change. Does nothing on a machine of its own, or where the operator has put a policy already.
 */
public final class StartPolicy {
    private static final String FILE = "/usr/sbin/policy-rc.d";
    private static final String MINE = "# Put here by drydock-agent for the time of one change.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]+");
    private static final int EXECUTABLE = 0755;

    private final HostFiles files;

    public StartPolicy(HostFiles files) {
        this.files = files;
    }

    /** @param running services whose scripts may be called as ever */
    public void set(Collection<String> running) throws IOException {
        if (files.isWholeSystem() || (files.exists(FILE) && !isMine())) {
            return;
        }
        Files.createDirectories(files.resolve("/usr/sbin"));
        int uid = (Integer) Files.getAttribute(files.root(), "unix:uid");
        int gid = (Integer) Files.getAttribute(files.root(), "unix:gid");
        new FileKeeper(files).write(FILE, script(running).getBytes(StandardCharsets.UTF_8), uid, gid, EXECUTABLE);
    }

    /** Takes it away again; also one that a killed agent left. */
    public void clear() throws IOException {
        if (!files.isWholeSystem() && isMine()) {
            Files.deleteIfExists(files.resolve(FILE));
        }
    }

    private boolean isMine() throws IOException {
        return files.read(FILE).filter(text -> text.contains(MINE)).isPresent();
    }

    static String script(Collection<String> running) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n" + MINE + "\n");
        for (String name : new TreeSet<>(running)) {
            if (NAME.matcher(name).matches()) {
                script.append("[ \"$1\" = '").append(name).append("' ] && exit 0\n");
            }
        }
        return script.append("exit 101\n").toString();
    }
}
