package dev.drydock.controller;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports, chosen once: who listens on them changes with who leads. */
final class FixedPorts {
    private FixedPorts() {}

    static ControllerOptions of(ControllerOptions options) throws IOException {
        InetSocketAddress agents = fixed(options.agentListen());
        InetSocketAddress api = fixed(options.apiListen());
        return options.listening(agents, api);
    }

    private static InetSocketAddress fixed(InetSocketAddress address) throws IOException {
        if (address.getPort() != 0) {
            return address;
        }
        try (ServerSocket free = new ServerSocket()) {
            free.bind(address);
            return new InetSocketAddress(address.getAddress(), free.getLocalPort());
        }
    }
}
