package dev.drydock.controller.notify;

/** One way to reach people. Thread-safe; waits for the other side, for a bounded time. */
public interface Channel {
    /** The ways that there are. */
    enum Kind {
        MAIL,
        WEBHOOK,
        SLACK
    }

    /** Once the result is {@link Delivery.Done} the other side has it. It may have it also where the result is another. */
    Delivery deliver(Notification notification) throws InterruptedException;

    /** What became of an attempt. */
    sealed interface Delivery {
        record Done() implements Delivery {}

        /** May come about at a later attempt. */
        record NotNow(String why) implements Delivery {}

        /** Will not come about, however often it is tried. */
        record Never(String why) implements Delivery {}
    }
}
