package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Keeps the scripts of packages from starting services, by {@code policy-rc.d}, Debian's own means, for the time of one change:
 * in a root directory those that did not run there, since the programs of an image have no business on the machine that it is
 * mounted on; anywhere those that the caller starts itself, when their configuration was tested and what they need is up. Does
 * nothing where the operator has put a policy already, nor where packages do not ask for one.
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

    /**
     * @param running services whose scripts may be called as ever, where nothing else may
     * @param held services that must not be started, also where they ran
     */
    public void set(Collection<String> running, Collection<String> held) throws IOException {
        if ((files.isWholeSystem() && held.isEmpty()) || (files.exists(FILE) && !isMine())) {
            return;
        }
        String script = files.isWholeSystem() ? holding(held) : script(running, held);
        Files.createDirectories(files.resolve("/usr/sbin"));
        int uid = (Integer) Files.getAttribute(files.root(), "unix:uid");
        int gid = (Integer) Files.getAttribute(files.root(), "unix:gid");
        new FileKeeper(files).write(FILE, script.getBytes(StandardCharsets.UTF_8), uid, gid, EXECUTABLE);
    }

    /** Takes it away again; also one that a killed agent left. */
    public void clear() throws IOException {
        if (isMine()) {
            Files.deleteIfExists(files.resolve(FILE));
        }
    }

    private boolean isMine() throws IOException {
        return files.read(FILE).filter(text -> text.contains(MINE)).isPresent();
    }

    static String script(Collection<String> running, Collection<String> held) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n" + MINE + "\n");
        for (String name : new TreeSet<>(running)) {
            if (NAME.matcher(name).matches() && !held.contains(name)) {
                script.append("[ \"$1\" = '").append(name).append("' ] && exit 0\n");
            }
        }
        return script.append("exit 101\n").toString();
    }

    /** They may be stopped: packages do that before they replace a program that keeps data. */
    static String holding(Collection<String> held) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n" + MINE + "\n[ \"$2\" = stop ] && exit 0\n");
        for (String name : new TreeSet<>(held)) {
            if (NAME.matcher(name).matches()) {
                script.append("[ \"${1%.service}\" = '").append(name).append("' ] && exit 101\n");
            }
        }
        return script.append("exit 0\n").toString();
    }
}
