package dev.drydock.controller;

import dev.drydock.controller.agents.AgentPlane;
import dev.drydock.controller.api.ControllerService;
import dev.drydock.controller.cluster.Members;
import dev.drydock.controller.store.PostgresMembers;
import dev.drydock.controller.store.SqlStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/** The part of the controller that says which controllers there are. */
final class Membership {
    private Membership() {}

    static ControllerService service(
            ControllerOptions options, SqlStore store, AgentPlane agents, InstantSource clock) {
        return new ControllerService(
                options.database().isPresent()
                        ? new PostgresMembers(store)
                        : Members.alone(machine() + ":" + agents.port(), Version.text(), clock, agents::connected));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
