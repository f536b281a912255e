package dev.drydock.agent.host;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How programs of the managed system are started: inside its root, with a clean environment, and each as the leader of a session
 * of its own ({@code setsid}), so that the whole tree can be found and ended although parents in it are gone.
 */
final class Launch {
    /** In the environment of every program: the session that it was started in, by which its daemons can be told from it. */
    static final String SESSION = "DRYDOCK_SESSION";

    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Launch() {}

    static ProcessBuilder builder(HostFiles files, List<String> argv, Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of("setsid", "sh", "-c", SESSION + "=$$ exec \"$@\"", "sh"));
        if (!files.isWholeSystem()) {
            all.add("chroot");
            all.add(files.root().toString());
        }
        all.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(all).directory(new File("/"));
        Map<String, String> own = builder.environment();
        own.clear();
        own.put("PATH", PATH);
        own.put("LANG", "C.UTF-8");
        own.putAll(environment);
        return builder;
    }
}
