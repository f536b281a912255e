package dev.drydock.agent.doctor;

import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.config.InstanceLock;
import dev.drydock.agent.doctor.Finding.Level;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.policy.InvalidPolicyException;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.agent.session.AgentStatus;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all that has to be right for this host to be patched. One thread; takes seconds. */
public final class Doctor {
    private static final Duration QUESTION = Duration.ofMinutes(2);
    /** The agent renews its certificate long before: what is in the last tenth of its life was not renewed. */
    private static final int LAST_PART = 10;

    private static final long MIB = 1 << 20;
    /** Old packages are kept, and a run's journal and output written: less is too little for either. */
    private static final long LITTLE = 500 * MIB;

    private static final long TOO_LITTLE = 100 * MIB;

    private final AgentPaths paths;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    /** @param now by this host's clock */
    public Doctor(AgentPaths paths, Instant now) {
        this.paths = paths;
        this.now = now;
    }

    /** @throws InterruptedException while a program was asked */
    public List<Finding> findings() throws InterruptedException {
        Optional<Identity> identity = identity();
        identity.ifPresent(host -> findings.add(Reach.to(host, now)));
        agent(identity.isPresent());
        policy();
        disk();
        host(Path.of(identity.map(Identity::root).orElse("/")));
        return List.copyOf(findings);
    }

    private Optional<Identity> identity() {
        try {
            Optional<Identity> identity = new IdentityStore(paths.identity()).load();
            identity.ifPresentOrElse(
                    host -> {
                        boolean soon =
                                host.expires().isBefore(now.plus(lifetime(host).dividedBy(LAST_PART)));
                        String text = "enrolled as " + host.hostName() + "; its certificate "
                                + (host.expires().isBefore(now) ? "has ended at " : "ends at ") + host.expires();
                        findings.add(
                                soon
                                        ? Finding.trouble(
                                                "identity",
                                                text,
                                                "The agent renews it by itself while it is connected; after its end:"
                                                        + " drydock-agent enroll --again")
                                        : Finding.fine("identity", text));
                    },
                    () -> findings.add(
                            Finding.trouble("identity", "this host is not enrolled", "drydock-agent enroll --help")));
            return identity;
        } catch (IdentityException | IOException e) {
            findings.add(Finding.trouble(
                    "identity", String.valueOf(e.getMessage()), "Run this as root; else drydock-agent enroll --again"));
            return Optional.empty();
        }
    }

    private static Duration lifetime(Identity host) {
        return Duration.between(host.certificate().getNotBefore().toInstant(), host.expires());
    }

    private void agent(boolean enrolled) {
        try {
            boolean running = InstanceLock.isTaken(paths.lock());
            if (!running) {
                findings.add(Finding.trouble(
                        "agent",
                        "it does not run: nothing will be patched here",
                        enrolled ? "systemctl enable --now drydock-agent" : "Enrol first, then start it."));
                return;
            }
            AgentStatus.read(paths.status()).ifPresent(this::status);
        } catch (IOException e) {
            findings.add(
                    Finding.trouble("agent", paths.data() + " cannot be read: " + e.getMessage(), "Run this as root."));
        }
    }

    private void status(AgentStatus status) {
        findings.add(status.connectedSince()
                .map(since -> Finding.fine("agent", "runs and is connected since " + since))
                .orElseGet(() -> Finding.trouble(
                        "agent",
                        "runs, but is not connected" + (status.error().isEmpty() ? "" : ": " + status.error()),
                        "It tries again by itself; see journalctl -u drydock-agent")));
        if (!status.activeRuns().isEmpty()) {
            findings.add(Finding.fine("agent", "at work on " + String.join(", ", status.activeRuns())));
        }
        if (status.undelivered() > 0 && status.connectedSince().isEmpty()) {
            findings.add(Finding.advice(
                    "agent", status.undelivered() + " runs have news that the controller does not have yet", ""));
        }
        status.troubles()
                .forEach(trouble -> findings.add(Finding.trouble(
                        "agent",
                        trouble,
                        "A person has to look at it before this host takes another run; then restart the agent.")));
    }

    private void policy() {
        try {
            new PolicyFile(paths.policy()).read();
            findings.add(Finding.fine(
                    "policy",
                    Files.exists(paths.policy())
                            ? paths.policy() + " can be read"
                            : "this host has none of its own: every signed playbook may run"));
        } catch (InvalidPolicyException e) {
            findings.add(Finding.trouble(
                    "policy",
                    "no run is allowed here: " + String.valueOf(e.getMessage()).replace("\n", "; "),
                    "Mend the file; it is read anew at each run."));
        }
    }

    private void disk() {
        Path data = Files.exists(paths.data()) ? paths.data() : Path.of("/");
        try {
            FileStore store = Files.getFileStore(data);
            long free = store.getUsableSpace();
            String text = free / MIB + " MiB are free in " + data;
            Level level = free < TOO_LITTLE ? Level.TROUBLE : free < LITTLE ? Level.ADVICE : Level.FINE;
            findings.add(new Finding(
                    level,
                    "disk",
                    text,
                    level == Level.FINE
                            ? ""
                            : "Make room: runs keep what their way back needs there, or do not begin."));
        } catch (IOException e) {
            findings.add(
                    Finding.trouble("disk", data + " cannot be looked at: " + e.getMessage(), "Run this as root."));
        }
    }

    private void host(Path root) throws InterruptedException {
        try {
            ManagedHost host = ManagedHost.open(root);
            clock(host);
            packages(host.packages());
        } catch (IOException e) {
            findings.add(Finding.trouble("host", String.valueOf(e.getMessage()), "Give the right --data."));
        }
    }

    private void clock(ManagedHost host) throws InterruptedException {
        try {
            Commands.Result told = host.commands()
                    .run(
                            Commands.Command.of(
                                    QUESTION, "timedatectl", "show", "--property=NTPSynchronized", "--value"),
                            (bytes, offset, length) -> {});
            if (told.ok()) {
                findings.add(
                        told.stdout().strip().equals("yes")
                                ? Finding.fine("clock", "is kept right from outside; it says " + now)
                                : Finding.advice(
                                        "clock",
                                        "is not kept right from outside; it says " + now,
                                        "systemctl enable --now systemd-timesyncd, or chrony"));
                return;
            }
        } catch (IOException e) {
            // No systemd here: what the clock says is all there is to tell.
        }
        findings.add(Finding.fine("clock", "says " + now + "; nobody can say here whether it is kept right"));
    }

    private void packages(Optional<PackageManager> manager) throws InterruptedException {
        if (manager.isEmpty()) {
            findings.add(Finding.trouble(
                    "packages", "there is no package manager that the agent understands", "apt, dnf 4 or zypper"));
            return;
        }
        PackageManager packages = manager.get();
        try {
            List<String> broken = packages.audit(Job.quiet(QUESTION));
            findings.add(
                    broken.isEmpty()
                            ? Finding.fine("packages", packages.name() + " has nothing to complain of")
                            : Finding.trouble(
                                    "packages",
                                    packages.name() + " complains: " + String.join("; ", broken),
                                    "An update repairs them first, if it can; else repair them by hand."));
        } catch (HostException e) {
            findings.add(Finding.trouble(
                    "packages",
                    String.valueOf(e.getMessage()),
                    "Run this as root; see whether another holds its lock."));
        }
    }
}
