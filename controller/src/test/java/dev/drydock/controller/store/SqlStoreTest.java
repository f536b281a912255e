package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises. */
final class SqlStoreTest {
    @TempDir
    Path directory;

    private SqlStore store;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        store.writeNow(handle -> handle.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsWhatWasWrittenWhenOpenedAgain() {
        put(7).join();
        store.close();

        store = TestStores.open(directory.resolve("drydock.db"));

        assertThat(numbers()).containsExactly(7);
    }

    @Test
    void refusesADatabaseOfANewerVersion() {
        store.writeNow(handle -> handle.execute("""
                INSERT INTO flyway_schema_history
                  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 1, '', 1, TRUE)
                """));
        store.close();

        assertThatThrownBy(() -> TestStores.open(directory.resolve("drydock.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written by a newer Drydock")
                .hasMessageContaining("version 9999")
                .hasMessageContaining("restore a backup");
    }

    @Test
    void undoesOnlyTheWriteThatThrows() {
        // The first write holds the writer, so that the others share a group.
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<?> holding = store.write(handle -> await(queued));
        CompletableFuture<?> good = put(1);
        CompletableFuture<?> bad = store.write(handle -> {
            handle.execute("INSERT INTO numbers VALUES (2)");
            throw new IllegalStateException("changed its mind");
        });
        CompletableFuture<?> duplicate = put(1);
        CompletableFuture<?> after = put(3);
        queued.countDown();

        CompletableFuture.allOf(holding, good, after).join();
        assertThat(bad).isCompletedExceptionally();
        assertThatThrownBy(bad::join).hasRootCauseMessage("changed its mind");
        assertThat(duplicate).isCompletedExceptionally();
        assertThat(numbers()).containsExactly(1, 3);
    }

    @Test
    void completesWritesInTheOrderOfTheCalls() {
        List<Integer> durable = new CopyOnWriteArrayList<>();
        List<Integer> completed = new CopyOnWriteArrayList<>();
        List<CompletableFuture<?>> futures = new ArrayList<>();
        CountDownLatch queued = new CountDownLatch(1);
        store.write(handle -> await(queued));
        for (int n = 0; n < 2_500; n++) {
            int number = n;
            futures.add(store.write(
                            handle -> handle.execute("INSERT INTO numbers VALUES (?)", number),
                            x -> durable.add(number))
                    .thenRun(() -> completed.add(number)));
        }
        queued.countDown();
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();

        List<Integer> inOrder = IntStream.range(0, 2_500).boxed().toList();
        assertThat(durable).isEqualTo(inOrder);
        assertThat(completed).isEqualTo(inOrder);
        assertThat(numbers()).isEqualTo(inOrder);
    }

    @Test
    void readsCannotWrite() {
        assertThatThrownBy(() -> store.read(handle -> handle.execute("INSERT INTO numbers VALUES (9)")))
                .hasMessageFindingMatch("readonly|read-only");
        assertThat(numbers()).isEmpty();
    }

    @Test
    void refusesToWaitForAWriteWhereThatWouldNeverEnd() {
        CountDownLatch attached = new CountDownLatch(1);
        CompletableFuture<Object> waited =
                store.write(handle -> await(attached)).thenApply(x -> store.writeNow(handle -> 1));
        attached.countDown();
        assertThatThrownBy(waited::join).hasRootCauseInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() -> store.writeNow(handle -> store.write(inner -> 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a write");
    }

    @Test
    void goesOnAfterAnErrorInAWrite() {
        assertThatThrownBy(() -> store.writeNow(handle -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
        put(4).join();
        assertThat(numbers()).containsExactly(4);
    }

    @Test
    void commitsWhatIsQueuedWhenClosedAndRefusesWhatComesAfter() {
        CompletableFuture<?> queued = put(5);
        store.close();
        assertThat(queued).isCompleted();
        assertThatThrownBy(() -> store.writeNow(handle -> 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is closed");
    }

    private CompletableFuture<Integer> put(int number) {
        return store.write(handle -> handle.execute("INSERT INTO numbers VALUES (?)", number));
    }

    private List<Integer> numbers() {
        return store.read(handle -> handle.createQuery("SELECT n FROM numbers ORDER BY n")
                .mapTo(Integer.class)
                .list());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }
}
