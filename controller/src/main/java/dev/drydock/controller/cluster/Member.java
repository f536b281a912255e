package dev.drydock.controller.cluster;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One controller of several.
 *
 * @param name where the others reach it for agents, {@code HOST:PORT}: no two have the same
 * @param agents where it takes agents, as the others reach it
 * @param api where it takes people and their tools
 * @param feed where it takes calendar programs; empty: nowhere
 * @param version of the program
 */
public record Member(
        String name,
        InetSocketAddress agents,
        InetSocketAddress api,
        Optional<InetSocketAddress> feed,
        String version) {
    /** @param host under which the others reach this machine */
    public static Member of(String host, int agentPort, int apiPort, Optional<Integer> feedPort, String version) {
        return new Member(
                host + ":" + agentPort,
                InetSocketAddress.createUnresolved(host, agentPort),
                InetSocketAddress.createUnresolved(host, apiPort),
                feedPort.map(port -> InetSocketAddress.createUnresolved(host, port)),
                version);
    }
}
