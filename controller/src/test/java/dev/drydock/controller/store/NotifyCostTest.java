package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What PostgreSQL's notifications cost several writers, for docs/scale.md. Measures only when it is asked to:
 * {@code build/mvn.sh test -pl controller -am -Dtest=NotifyCostTest -Dsurefire.failIfNoSpecifiedTests=false -Dbench.notify=true}.
 */
@EnabledIfSystemProperty(named = "bench.notify", matches = "true")
final class NotifyCostTest {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int[] WRITERS = {1, 2, 4, 8, 16};

    @Test
    void commitsOfSeveralWritersWithAndWithoutANotification() throws Exception {
        // With its flushes: what a notification holds up is whoever waits for the flush of another.
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("CREATE TABLE events (writer INTEGER, body TEXT)");
            }
            System.out.println("writers  commits/s  with NOTIFY  ratio");
            for (int writers : WRITERS) {
                double without = rate(server, writers, "SELECT 1");
                double with = rate(server, writers, "NOTIFY events, 'x'");
                System.out.printf("%7d  %9.0f  %11.0f  %5.2f%n", writers, without, with, with / without);
                assertThat(with).isPositive();
            }
        }
    }

    private static double rate(EmbeddedPostgres server, int writers, String also) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<Long>> all = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                all.add(threads.submit(() -> commits(server, writer, also, start + ROUND.toNanos())));
            }
            long sum = 0;
            for (Future<Long> one : all) {
                sum += one.get();
            }
            return sum * 1e9 / (System.nanoTime() - start);
        }
    }

    private static long commits(EmbeddedPostgres server, int writer, String also, long end) throws Exception {
        long done = 0;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO events VALUES (" + writer + ", repeat('x', 500))");
                PreparedStatement second = connection.prepareStatement(also)) {
            connection.setAutoCommit(false);
            while (System.nanoTime() - end < 0) {
                insert.execute();
                second.execute();
                connection.commit();
                done++;
            }
        }
        return done;
    }
}
