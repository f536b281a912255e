package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.host.Boot;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code os.reboot}. It changes nothing on disk, so it has nothing to put back. After the boot it is proven that the system came
 * up, and that nothing failed in it that had not failed before.
 */
final class OsReboot implements Action {
    private static final String BOOT_ID = "bootId";
    private static final String KERNEL = "kernel";
    private static final String FAILED = "failedServices";
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final ManagedHost host;
    private final Optional<Boot> boot;
    private final HostFacts facts;
    private final Pause pause;

    /** @param boot empty where the agent cannot reboot the system */
    OsReboot(ManagedHost host, Optional<Boot> boot, HostFacts facts, Pause pause) {
        this.host = host;
        this.boot = boot;
        this.facts = facts;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "os.reboot";
    }

    @Override
    public boolean reboots() {
        return true;
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Duration leastTimeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(1);
    }

    /** So that its evidence says whether what the other steps put back needs another reboot. */
    @Override
    public boolean goesBackLast() {
        return true;
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        if (boot.isEmpty()) {
            throw new ActionException("the agent cannot reboot this system: "
                    + (host.files().isWholeSystem() ? "it has no systemd" : "it lies in a root directory"));
        }
        boolean always = context.args().string("when", "required").equals("always");
        RebootRequired need = need();
        if (!always && !need.getRequired()) {
            return Plan.nothing("no reboot is required");
        }
        return Plan.of(List.of(Change.newBuilder()
                .setKind("reboot")
                .setName("host")
                .setTo(need.getRequired() ? "required" + by(need) : "the playbook always wants it")
                .build()));
    }

    private RebootRequired need() throws ActionException, InterruptedException {
        Host now = facts.gather(false);
        if (!now.hasReboot()) {
            throw new ActionException("whether a reboot is required cannot be told; the agent's log says why");
        }
        return now.getReboot();
    }

    private static String by(RebootRequired need) {
        return need.getByCount() == 0 ? "" : " by " + String.join(", ", need.getByList());
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            requireQuiet(job);
            return new Structs()
                    .put(BOOT_ID, boot().id())
                    .put(KERNEL, facts.current().getKernel())
                    .putStrings(FAILED, host.services().failed(job))
                    .build();
        });
    }

    /** A reboot in the middle of a change of packages would leave them half-configured. */
    private void requireQuiet(Job job) throws HostException, InterruptedException {
        if (host.packages().isEmpty()) {
            return;
        }
        PackageManager manager = host.packages().get();
        manager.settle(job);
        List<String> broken = manager.audit(job);
        if (!broken.isEmpty()) {
            throw new HostException("no reboot while packages are half-configured: " + String.join("; ", broken));
        }
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            requireQuiet(job);
            job.output().line("Asking the system to reboot");
            boot().reboot(job);
        });
        return new Applied(List.of());
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            if (boot().id().equals(Structs.string(prepared, BOOT_ID))) {
                throw new HostException(
                        "the host has not been booted anew: its boot id is still " + Structs.string(prepared, BOOT_ID));
            }
            String state = awaitUp(job);
            List<String> failed = new ArrayList<>(host.services().failed(job));
            failed.removeAll(Structs.strings(prepared, FAILED));
            if (!failed.isEmpty()) {
                throw new HostException("failed since the reboot, and had not failed before: " + failed);
            }
            job.output().line("Booted anew, the system is " + state);
        });
    }

    private String awaitUp(Job job) throws HostException, InterruptedException {
        String state = boot().state(job);
        while (state.equals("initializing") || state.equals("starting")) {
            if (job.timeLeft().get().compareTo(BETWEEN.multipliedBy(2)) < 0) {
                throw new HostException("the system is still " + state + " when the step's time is up");
            }
            pause.of(BETWEEN);
            state = boot().state(job);
        }
        if (!state.equals("running") && !state.equals("degraded")) {
            throw new HostException("after the reboot the system is " + state);
        }
        return state;
    }

    @Override
    public void rollback(StepContext context, Struct prepared) {
        // The other steps put back what they changed; to have been booted changes nothing.
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        List<String> evidence = new ArrayList<>(List.of("a reboot changes nothing on disk"));
        Host now = facts.gather(false);
        String before = Structs.string(prepared, KERNEL);
        OnHost.run(() -> {
            boolean takenBack = !now.getKernel().equals(before) && !isInstalled(now.getKernel()) && isInstalled(before);
            if (takenBack) {
                evidence.add("A REBOOT IS REQUIRED STILL: the running kernel " + now.getKernel() + " was taken back, "
                        + before + " is installed");
            } else if (now.getReboot().getRequired()) {
                evidence.add("a reboot is required still" + by(now.getReboot()));
            }
        });
        return evidence;
    }

    private boolean isInstalled(String kernel) throws java.io.IOException {
        return host.files().exists("/boot/vmlinuz-" + kernel);
    }

    private Boot boot() throws HostException {
        return boot.orElseThrow(() -> new HostException("the agent cannot reboot this system"));
    }
}
