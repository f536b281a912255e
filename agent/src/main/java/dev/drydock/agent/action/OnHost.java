package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.util.Objects;

/** Where actions meet the host: their time and output go down, failures come up as those of an action. */
final class OnHost {
    private OnHost() {}

    /** Something done on the host. */
    interface Work<T> {
        T run() throws HostException, IOException, InterruptedException;
    }

    /** Something done on the host that has no answer. */
    interface Effect {
        void run() throws HostException, IOException, InterruptedException;
    }

    static <T> T get(Work<T> work) throws ActionException, InterruptedException {
        try {
            return work.run();
        } catch (HostException e) {
            throw new ActionException(message(e), e.retryable(), e.exitCode(), e.tail(), e);
        } catch (IOException e) {
            throw new ActionException(message(e), e);
        }
    }

    static void run(Effect effect) throws ActionException, InterruptedException {
        get(() -> {
            effect.run();
            return effect;
        });
    }

    static PackageManager packages(ManagedHost host) throws ActionException {
        return host.packages()
                .orElseThrow(() -> new ActionException("no package manager that this agent understands was found under "
                        + host.files().root()));
    }

    /** What is done for this step, in its time, with its output. */
    static Job job(StepContext context) {
        return Job.of(context.output(), context.timeLeft()::get, context.workDir());
    }

    private static String message(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
}
