package dev.drydock.agent.session;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.run.TimeSource;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the host's facts: at the start, from time to time, and when asked. Lists are not refreshed while a run changes the
 * host, since the package manager does one thing at a time; that is made up for afterwards.
 */
final class FactsWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FactsWatch.class);

    private final HostFacts facts;
    private final FactsSchedule schedule;
    private final TimeSource time;
    private final BooleanSupplier busy;
    private final Consumer<Host> news;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();

    /**
     * @param busy whether a run changes the host now
     * @param news takes the facts on this object's thread and returns at once
     */
    FactsWatch(
            HostFacts facts,
            Duration lookEvery,
            Duration refreshEvery,
            TimeSource time,
            RandomGenerator random,
            BooleanSupplier busy,
            Consumer<Host> news) {
        this.facts = facts;
        this.schedule = new FactsSchedule(lookEvery, refreshEvery, random, monotonic(time));
        this.time = time;
        this.busy = busy;
        this.news = news;
    }

    private static Duration monotonic(TimeSource time) {
        return Duration.ofNanos(time.nanos());
    }

    /** Asks for a look soon; returns at once. */
    void request(boolean refreshLists) {
        lock.lock();
        try {
            schedule.ask(refreshLists);
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                look(awaitTurn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether to refresh the lists */
    private boolean awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration wait = schedule.untilNext(monotonic(time));
            while (wait.isPositive()) {
                asked.await(wait.toNanos(), TimeUnit.NANOSECONDS);
                wait = schedule.untilNext(monotonic(time));
            }
            return schedule.take(monotonic(time), busy.getAsBoolean());
        } finally {
            lock.unlock();
        }
    }

    private void look(boolean refreshLists) throws InterruptedException {
        try {
            news.accept(facts.gather(refreshLists));
        } catch (RuntimeException e) {
            LOG.error("the facts of this host cannot be gathered; tried again later", e);
        }
    }
}
