package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.database.DatabaseState;
import dev.drydock.agent.host.database.DatabaseState.Contents;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptContentsTest {
    private static final DatabaseState SHOP = shop(3, "aa");

    @TempDir
    private Path directory;

    private static DatabaseState shop(long posts, String checksum) {
        return new DatabaseState(
                new TreeMap<>(Map.of("posts", new Contents(posts, checksum), "log", new Contents(0, "0"))),
                new TreeMap<>(Map.of("view totals", "dd")));
    }

    @Test
    void whatIsEqualIsToldAsEqualAlsoFromDisk() throws Exception {
        new KeptContents(Map.of("shop", SHOP, "../odd name/ü", SHOP)).write(directory);
        KeptContents kept = KeptContents.read(directory);

        assertThat(kept.lost(Map.of("shop", SHOP, "../odd name/ü", SHOP, "other", SHOP)))
                .isEmpty();
        assertThat(kept.compare(Map.of("shop", SHOP, "../odd name/ü", SHOP)))
                .contains("database shop holds what it held: 2 tables with 3 rows, checksum for checksum");
    }

    @Test
    void whatCustomersWroteIsNotLostAndIsNamed() {
        KeptContents kept = new KeptContents(Map.of("shop", SHOP));

        assertThat(kept.lost(Map.of("shop", shop(4, "bb")))).isEmpty();
        assertThat(kept.compare(Map.of("shop", shop(4, "bb"))).getFirst())
                .contains("was written to since, which stays", "posts has 4 rows, checksum bb, expected 3 rows");
    }

    @Test
    void whatIsGoneIsNamed() {
        KeptContents kept = new KeptContents(Map.of("shop", SHOP, "blog", SHOP));
        DatabaseState less = new DatabaseState(new TreeMap<>(Map.of("log", new Contents(0, "0"))), new TreeMap<>());

        assertThat(kept.lost(Map.of("shop", less)))
                .containsExactlyInAnyOrder(
                        "database blog is missing",
                        "table shop.posts is missing",
                        "view totals of database shop is missing");
    }
}
