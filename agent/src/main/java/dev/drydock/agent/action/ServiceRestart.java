package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Services;
import java.util.List;

/**
 * {@code service.restart}. The way back: once the other steps have gone back, each service gets its former state, and those
 * that were active are restarted with what was put back.
 */
final class ServiceRestart extends ServiceAction {
    ServiceRestart(Services services, Pause pause) {
        super(services, pause);
    }

    @Override
    public String name() {
        return "service.restart";
    }

    @Override
    String done() {
        return "restarted";
    }

    @Override
    void requirePossible(String name, Services.State state) {
        // Whatever is known can be restarted, also what is stopped.
    }

    @Override
    void act(String name, Job job) throws HostException, InterruptedException {
        services.restart(name, job);
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            if (interrupted) {
                requireStartedSince(kept(prepared), job);
            }
            states.requireActive(kept(prepared).stream().map(Kept::asActive).toList(), job);
        });
    }

    private void requireStartedSince(List<Kept> all, Job job) throws HostException, InterruptedException {
        for (Kept kept : all) {
            if (!ServiceStates.startedSince(kept, services.state(kept.name(), job))) {
                throw new HostException("it was cut off, and service " + kept.name() + " was not restarted, or "
                        + services.manager() + " does not tell");
            }
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            for (Kept kept : kept(prepared)) {
                if (kept.active()) {
                    job.output().line("Restarting " + kept.name() + " with what was put back");
                    services.restart(kept.name(), job);
                }
            }
            states.restore(kept(prepared).stream().map(Kept::anyInstance).toList(), job);
        });
    }
}
