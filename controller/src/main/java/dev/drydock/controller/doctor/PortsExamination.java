package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the controller can listen where it is to, or does so.
 *
 * @param wanted by the option that says it
 * @param controller the process that runs on the data directory
 */
public record PortsExamination(Map<String, InetSocketAddress> wanted, OptionalLong controller) implements Examination {
    private static final String AREA = "ports";

    @Override
    public List<Finding> examine(Instant now) throws IOException {
        List<Sockets.Listener> listeners = Sockets.all();
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, InetSocketAddress> want : wanted.entrySet()) {
            if (want.getValue().getPort() != 0) {
                findings.add(look(want.getKey(), want.getValue(), listeners));
            }
        }
        return findings;
    }

    private Finding look(String option, InetSocketAddress address, List<Sockets.Listener> listeners)
            throws IOException {
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        Optional<Sockets.Listener> taken =
                listeners.stream().filter(listener -> listener.takes(address)).findFirst();
        if (taken.isPresent()) {
            Optional<Long> process = Sockets.process(taken.get().inode());
            if (controller.isPresent() && process.orElse(controller.getAsLong()) == controller.getAsLong()) {
                return Finding.fine(AREA, where + ": the controller listens there");
            }
            return Finding.trouble(
                    AREA,
                    where + " is taken by "
                            + process.map(PortsExamination::told).orElse("a process that this user may not see"),
                    process.isPresent()
                            ? "Stop it, or choose another with " + option + "."
                            : "Run this as root: then it says which one.");
        }
        if (!address.getAddress().isAnyLocalAddress()
                && NetworkInterface.getByInetAddress(address.getAddress()) == null) {
            return Finding.trouble(
                    AREA,
                    where + ": no interface of this machine has that address",
                    "Choose one of this machine with " + option + ", or 0.0.0.0 for all.");
        }
        return controller.isPresent()
                ? Finding.trouble(
                        AREA,
                        where + ": the controller (process " + controller.getAsLong()
                                + ") runs and does not listen there",
                        "It is starting, or was started with other options: see journalctl -u drydock-controller")
                : Finding.fine(AREA, where + " is free");
    }

    private static String told(long process) {
        return "process " + process
                + ProcessHandle.of(process)
                        .flatMap(handle -> handle.info().command())
                        .map(command -> " (" + command + ")")
                        .orElse("");
    }
}
