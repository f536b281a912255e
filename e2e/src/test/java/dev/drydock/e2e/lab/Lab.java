package dev.drydock.e2e.lab;

import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** What the tests of one process share. Handed to them by {@link LabExtension}; closed when the last test has run. */
public final class Lab implements AutoCloseable {
    private final Network network;

    Lab() {
        Leftovers.remove(DockerClientFactory.instance().client());
        network = Network.builder()
                .createNetworkCmdModifier(create -> create.withLabels(Leftovers.labels()))
                .build();
    }

    /** A host without an agent, not started. The caller closes it. */
    public LabHost bareHost(String name) {
        return new LabHost(LabImages.base(), name, network);
    }

    /** A host with the agent's distribution, not enrolled and not started. The caller closes it. */
    public LabHost agentHost(String name) {
        return new LabHost(LabImages.host(Distribution.agent()), name, network);
    }

    /** As {@link #agentHost}, with another distribution of the agent. The caller closes it. */
    public LabHost agentHost(String name, Path agentDistribution) {
        return new LabHost(LabImages.host(agentDistribution), name, network);
    }

    /** As {@link #agentHost}, with PHP-FPM, MariaDB and PostgreSQL beside nginx. The caller closes it. */
    public LabHost webHost(String name) {
        return new LabHost(LabImages.web(Distribution.agent()), name, network);
    }

    /** As {@link #webHost}, on which {@code lab-wordpress} makes a site. The caller closes it. */
    public LabHost wordpressHost(String name) {
        return new LabHost(LabImages.wordpress(Distribution.agent()), name, network);
    }

    /** A host that lives by rpm, with servers that have updates pending, and the agent's distribution. The caller closes it. */
    public LabHost rpmHost(String name) {
        return new LabHost(LabImages.rpmHost(Distribution.agent()), name, network);
    }

    /** As {@link #rpmHost}, without an agent. The caller closes it. */
    public LabHost bareRpmHost(String name) {
        return new LabHost(LabImages.rpmBase(), name, network);
    }

    /** The address of this machine as the hosts see it. */
    public String gateway() {
        return DockerClientFactory.instance()
                .client()
                .inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getIpam()
                .getConfig()
                .getFirst()
                .getGateway();
    }

    @Override
    public void close() {
        network.close();
    }
}
