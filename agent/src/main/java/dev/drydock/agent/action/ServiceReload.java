package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Services;

/** {@code service.reload}. The way back: once the other steps have put their files back, the services read them again. */
final class ServiceReload extends ServiceAction {
    ServiceReload(Services services, Pause pause) {
        super(services, pause);
    }

    @Override
    public String name() {
        return "service.reload";
    }

    @Override
    String done() {
        return "reloaded";
    }

    @Override
    void requirePossible(String name, Services.State state) throws HostException {
        if (!state.active()) {
            throw new HostException("service " + name + " is " + state.detail()
                    + "; only an active one can read its configuration again");
        }
    }

    @Override
    void act(String name, Job job) throws HostException, InterruptedException {
        services.reload(name, job);
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        if (interrupted) {
            throw new ActionException(
                    "it was cut off, and whether the services read their configuration again" + " cannot be told");
        }
        OnHost.run(() -> states.requireActive(kept(prepared), OnHost.job(context)));
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            states.restore(kept(prepared), job);
            for (Kept kept : kept(prepared)) {
                if (services.state(kept.name(), job).active()) {
                    job.output().line("Service " + kept.name() + " reads the configuration that was put back");
                    services.reload(kept.name(), job);
                }
            }
        });
    }
}
