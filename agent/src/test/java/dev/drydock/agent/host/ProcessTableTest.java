package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.ProcessTable.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    @Test
    void readsALineWithAnyName() {
        assertThat(ProcessTable.parse("42 (a) S ) b) S 7 42 40 0 -1 4194304")).hasValue(new Entry(42, 7, 40));
        assertThat(ProcessTable.parse("42 (gone) Z 7 42 40 0 -1 4194304")).isEmpty();
    }

    @Test
    void aTreeHasItsSessionAndAllDescendants() {
        List<Entry> all = List.of(
                new Entry(1, 0, 1),
                new Entry(10, 1, 10),
                new Entry(11, 10, 10),
                // its parent is gone, its session tells
                new Entry(12, 1, 10),
                // made a session of its own
                new Entry(13, 11, 13),
                new Entry(14, 13, 13),
                new Entry(20, 1, 20));
        assertThat(ProcessTable.tree(all, 10)).containsExactlyInAnyOrder(10L, 11L, 12L, 13L, 14L);
    }
}
