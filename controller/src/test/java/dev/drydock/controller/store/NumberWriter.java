package dev.drydock.controller.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Writes 1, 2, 3 … for ever and prints each number when it is durable. To be killed. */
final class NumberWriter {
    private NumberWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        store.writeNow(handle -> handle.execute("CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY)"));
        Semaphore inFlight = new Semaphore(300);
        for (long n = Long.parseLong(arguments[1]) + 1; ; n++) {
            long number = n;
            inFlight.acquire();
            store.write(handle -> handle.execute("INSERT INTO numbers VALUES (?)", number))
                    .thenRun(() -> {
                        // One system call a number, so that a kill leaves no half line that reads as another number.
                        out.print(number + "\n");
                        inFlight.release();
                    });
        }
    }
}
