package dev.drydock.agent.run;

import java.time.Instant;

/** What a run does next. */
sealed interface Decision {
    /** Nothing is due before that instant, unless a cancel arrives. */
    record WaitUntil(Instant instant) implements Decision {}

    /** Goes to the state that the table names for the trigger. */
    record Move(RunTrigger trigger, String reason) implements Decision {}

    /** Ends the run with the outcome that the table names for the trigger. */
    record Finish(RunTrigger trigger, String reason) implements Decision {}

    /** Looks whether a preflight check holds. */
    record CheckPreflight(int check) implements Decision {}

    /** Plans a step and takes the baselines of its own checks, before anything changes. */
    record SurveyStep(int step) implements Decision {}

    /** Takes the baseline of a final check, before anything changes. */
    record SurveyCheck(int check) implements Decision {}

    /** Plans a step just before its turn; it may turn out to be skipped. */
    record PlanStep(int step) implements Decision {}

    /** Proves the way back of a step. */
    record PrepareStep(int step) implements Decision {}

    record ApplyStep(int step) implements Decision {}

    /** Says that the host is ready to reboot, and that it waits for the controller's leave. */
    record RequestLeave(int step) implements Decision {}

    /** Reboots as soon as there is leave; there is none any more after that instant. */
    record AwaitLeave(int step, Instant latest) implements Decision {}

    /** Asks for the reboot that is the step's change, or sees that it was made. */
    record RebootStep(int step) implements Decision {}

    /** @param cutOff applying never answered: the agent died in it */
    record VerifyStep(int step, boolean cutOff) implements Decision {}

    record CheckFinal(int check) implements Decision {}

    record RollBackStep(int step) implements Decision {}

    /** Looks whether a final check is as it was before the run. */
    record CheckRestored(int check) implements Decision {}
}
