package dev.drydock.controller.rollout;

/** What moves a rollout from one state to another. */
public enum Trigger {
    WINDOW_OPENED("window opened"),
    WINDOW_OVER("window over, hosts left"),
    WAVE_DONE("wave done, soak begins"),
    SOAKED("soak over"),
    APPROVAL_MISSING("soak over, the next wave not approved"),
    APPROVED("approved"),
    PAUSE("pause"),
    RESUME("resume"),
    ABORT("abort"),
    RETRY("retry"),
    TOO_MANY_FAILED("over the failure threshold"),
    NO_OPENING_LEFT("no further opening"),
    ALL_SUCCEEDED("all hosts succeeded"),
    ALL_ENDED("all hosts ended, not all well"),
    DRAINED("nothing runs any more"),
    DRAINED_AFTER_ABORT("nothing runs any more, aborted");

    private final String words;

    Trigger(String words) {
        this.words = words;
    }

    /** For the diagram. */
    String words() {
        return words;
    }
}
