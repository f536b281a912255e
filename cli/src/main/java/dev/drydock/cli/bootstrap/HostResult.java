package dev.drydock.cli.bootstrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one host ended.
 *
 * @param name in the file
 * @param address where it was reached
 * @param hostId given by the controller; empty: it has none yet
 * @param enrolledAs its name in the fleet; empty likewise
 * @param system as it calls itself; empty: nobody got in
 * @param done what was done, or with --check what would be
 * @param failedIn empty where it did not fail
 */
public record HostResult(
        String name,
        String address,
        State state,
        String hostId,
        String enrolledAs,
        String system,
        String arch,
        String agentVersion,
        List<Stage> done,
        String failedIn,
        List<Trouble> troubles) {
    /** In one word. */
    public enum State {
        /** It was missing something, and has it now. */
        BOOTSTRAPPED,
        /** It missed nothing. */
        UNCHANGED,
        /** With --check: it misses something, and nothing is in the way. */
        WOULD_CHANGE,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public boolean failed() {
        return state == State.FAILED;
    }

    /** As scripts read it. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("address", address);
        tree.put("state", state.code());
        tree.put("hostId", hostId);
        tree.put("enrolledAs", enrolledAs);
        tree.put("system", system);
        tree.put("arch", arch);
        tree.put("agentVersion", agentVersion);
        tree.put("steps", done.stream().map(Stage::code).toList());
        tree.put("failedIn", failedIn);
        List<Object> why = new ArrayList<>();
        troubles.forEach(
                trouble -> why.add(Map.of("code", trouble.code(), "what", trouble.what(), "next", trouble.next())));
        tree.put("troubles", why);
        return tree;
    }
}
