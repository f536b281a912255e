package dev.drydock.e2e.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;

/**
 * Who owns a container or network of the lab. Testcontainers' own reaper is an image that would have to be pulled; instead
 * everything carries the process that made it, and the next one removes what belongs to processes that are gone.
 */
final class Leftovers {
    /** On every container and network of the tests: "PID-START" of the process that made it. */
    static final String LABEL = "dev.drydock.lab";

    private static final String OWNER = tag(ProcessHandle.current());

    private Leftovers() {}

    static Map<String, String> labels() {
        return Map.of(LABEL, OWNER);
    }

    /** Removes what dead processes left. Safe while other tests run on the same engine. */
    static void remove(DockerClient docker) {
        for (Container container : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec()) {
            if (isOrphan(container.getLabels())) {
                ignoringGone(() -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
            }
        }
        docker.listNetworksCmd().withFilter("label", List.of(LABEL)).exec().stream()
                .filter(network -> isOrphan(network.getLabels()))
                .forEach(network -> ignoringGone(
                        () -> docker.removeNetworkCmd(network.getId()).exec()));
    }

    private static boolean isOrphan(Map<String, String> labels) {
        String owner = labels.getOrDefault(LABEL, "");
        String[] parts = owner.split("-", 2);
        return parts.length == 2
                && parts[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(process -> tag(process).equals(owner))
                        .isEmpty();
    }

    private static String tag(ProcessHandle process) {
        long start = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
        return process.pid() + "-" + start;
    }

    /** Another process may have removed it in the same moment. */
    private static void ignoringGone(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException gone) {
            System.out.println("lab: already removed: " + gone.getMessage());
        }
    }
}
