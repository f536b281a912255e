package dev.drydock.controller.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Upgrades a database or puts a copy back, says on its way where it is, and stays there where it is to be killed. */
final class UpgradingProcess {
    private UpgradingProcess() {}

    public static void main(String[] args) {
        Path database = Path.of(args[1]);
        switch (args[0]) {
            case "upgrade" -> upgrade(database, false);
            case "upgrade-stop" -> upgrade(database, true);
            default -> {
                int stopAt = Integer.parseInt(args[0]);
                AtomicInteger asked = new AtomicInteger();
                InstantSource clock = () -> {
                    if (asked.incrementAndGet() == stopAt) {
                        stay("at " + stopAt);
                    }
                    return Instant.parse("2026-11-24T12:00:00Z").plusSeconds(asked.get());
                };
                new Comeback(Path.of(args[2]), database).put(() -> "put-back", clock);
            }
        }
        System.out.println("done");
    }

    private static void upgrade(Path database, boolean stop) {
        Upgrade real = Upgrade.of(database, InstantSource.system());
        SqliteStore.open(database, SqliteStore::config, new Upgrade() {
                    @Override
                    public void before(SchemaState schema) {
                        System.out.println("copies");
                        real.before(schema);
                        if (stop) {
                            stay("copied");
                        }
                        System.out.println("copied");
                    }

                    @Override
                    public void after(SchemaState before) {
                        real.after(before);
                    }
                })
                .close();
    }

    private static void stay(String where) {
        System.out.println(where);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
