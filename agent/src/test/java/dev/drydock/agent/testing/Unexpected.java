package dev.drydock.agent.testing;

import java.lang.StackWalker.StackFrame;

/** What a fake answers to a call that no test of it should lead to: a failure that names the call. */
public final class Unexpected {
    private Unexpected() {}

    public static AssertionError call() {
        StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow());
        return new AssertionError(caller.getClassName() + "." + caller.getMethodName()
                + " was called, which no test with this fake expects");
    }
}
