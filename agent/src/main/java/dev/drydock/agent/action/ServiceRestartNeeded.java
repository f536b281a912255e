package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Services;
import dev.drydock.agent.host.outdated.Outdated;
import dev.drydock.agent.host.outdated.OutdatedProcesses;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code service.restart.needed}: restarts the services that still run code that was replaced, those first that others are
 * started after. Which ones is found out when the step's turn comes. All else, also the way back, is as for {@code
 * service.restart}.
 */
final class ServiceRestartNeeded implements Action {
    private final Services services;
    private final OutdatedProcesses outdated;
    private final ServiceRestart restart;

    ServiceRestartNeeded(ManagedHost host, OutdatedProcesses outdated, Pause pause) {
        this.services = host.services();
        this.outdated = outdated;
        this.restart = new ServiceRestart(host.services(), pause);
    }

    @Override
    public String name() {
        return "service.restart.needed";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean goesBackLast() {
        return true;
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        List<String> units = OnHost.get(() -> needed(context));
        return units.isEmpty()
                ? Plan.of(List.of())
                : Plan.of(restart.plan(naming(context, units)).changes());
    }

    private List<String> needed(StepContext context) throws HostException, IOException, InterruptedException {
        Job job = OnHost.job(context);
        if (!outdated.applicable()) {
            job.output().line("Not applicable in a root directory: its services are not this machine's processes");
            return List.of();
        }
        Outdated found = outdated.find(job);
        report(found, job);
        Selection exclude =
                new Selection(Selection.Scope.NAMED, List.of(), context.args().strings("exclude"));
        List<String> units = new ArrayList<>();
        for (String unit : found.restart()) {
            if (exclude.excludes(unit) || exclude.excludes(unit.replaceFirst("\\.service$", ""))) {
                job.output().line("Left alone, since it is excluded: " + unit);
            } else if (services.state(unit, job).active()) {
                units.add(unit);
            } else {
                // One that ends by itself, or whose definition is gone.
                job.output().line("Left alone, since it is no active service: " + unit);
            }
        }
        return outdated.inOrder(units, job);
    }

    /** Says what still runs code that was replaced, where there is something. */
    static void report(Outdated found, Job job) {
        if (!found.restart().isEmpty()) {
            job.output()
                    .line("These run code that was replaced, and need a restart: "
                            + String.join(", ", found.restart()));
        }
        if (!found.reboot().isEmpty()) {
            job.output()
                    .line("These run code that was replaced, and only a reboot renews them: "
                            + String.join(", ", found.reboot()));
        }
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        return restart.prepare(
                naming(context, plan.changes().stream().map(Change::getName).toList()), plan);
    }

    private static StepContext naming(StepContext context, List<String> units) {
        return new StepContext(
                new Args(Map.of("names", units)), context.output(), context.workDir(), context.timeLeft());
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        return restart.apply(context, prepared);
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        restart.verify(context, prepared, interrupted);
        List<String> restarted = ServiceAction.kept(prepared).stream()
                .map(ServiceStates.Kept::name)
                .toList();
        OnHost.run(() -> {
            List<String> still = outdated.find(OnHost.job(context)).restart().stream()
                    .filter(restarted::contains)
                    .toList();
            if (!still.isEmpty()) {
                throw new HostException("these run replaced code even after their restart: " + still);
            }
        });
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        restart.rollback(context, prepared);
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return restart.verifyRollback(context, prepared);
    }
}
