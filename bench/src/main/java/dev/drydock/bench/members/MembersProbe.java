package dev.drydock.bench.members;

import dev.drydock.bench.process.Script;
import dev.drydock.bench.report.Section;
import java.nio.file.Path;
import java.util.List;

/** How long agents are without a controller after one of three was killed in a rollout, by {@code bench/members/members.sh}. */
public final class MembersProbe {
    private static final Path SCRIPT = Path.of("bench", "members", "members.sh");

    /** @param kills how many controllers are killed, one after the other */
    public List<Section> run(int kills) throws InterruptedException {
        return Script.run(SCRIPT, List.of(Integer.toString(kills)));
    }
}
