package dev.drydock.agent;

import dev.drydock.agent.action.ActionCatalog;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.config.AgentVersion;
import dev.drydock.agent.facts.Self;
import dev.drydock.agent.facts.SystemFacts;
import dev.drydock.agent.host.BootId;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.agent.run.RunKeeper;
import dev.drydock.agent.run.TimeSource;
import dev.drydock.agent.session.AgentSession;
import dev.drydock.agent.session.ControllerArtifacts;
import dev.drydock.agent.session.Randomness;
import dev.drydock.agent.session.SessionSettings;
import dev.drydock.agent.wordpress.SiteLog;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/** The parts of a running agent, put together. */
final class Agent {
    private final RunKeeper runs;
    private final AgentSession session;

    /**
     * Starts nothing.
     *
     * @param factsEvery how often the host is looked at
     * @param listsEvery how often the package manager's lists are refreshed for it
     */
    Agent(
            AgentPaths paths,
            IdentityStore store,
            Identity identity,
            ManagedHost host,
            Duration factsEvery,
            Duration listsEvery)
            throws IOException, IdentityException {
        TimeSource time = TimeSource.system();
        String bootId = BootId.read();
        String version = AgentVersion.get();
        SecureRandom secure = new SecureRandom();
        SystemFacts facts = new SystemFacts(
                host, paths.data(), new Self(identity.hostId(), identity.hostName(), version), time::wall);
        ControllerArtifacts artifacts = new ControllerArtifacts();
        this.runs = new RunKeeper(
                paths.data(),
                new ActionCatalog(
                        host, facts, new BackupLog(paths.data()), artifacts, new SiteLog(paths.data()), time::wall),
                identity::signers,
                facts,
                new PolicyFile(paths.policy()),
                time,
                bootId,
                version);
        this.session = new AgentSession(
                new SessionSettings(
                        paths.playbooks(),
                        paths.status(),
                        version,
                        bootId,
                        UUID.randomUUID().toString(),
                        factsEvery,
                        listsEvery),
                identity,
                store,
                runs,
                facts,
                artifacts,
                time,
                new Randomness(secure, new SplittableRandom(secure.nextLong())));
    }

    /**
     * Carries on what the journals hold, then talks to the controller until that wants this host back no more.
     *
     * @return what the controller said
     * @throws InterruptedException it was told to stop
     */
    String run() throws IOException, InterruptedException {
        runs.start();
        return session.run();
    }

    /** Ends what runs at once; the journals carry it on at the next start. */
    void close() throws IOException {
        runs.close();
    }
}
