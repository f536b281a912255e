package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Path;

/** Files that were pushed to the controller, by their digest. */
public interface Artifacts {
    /** Without a controller. */
    Artifacts NONE = (digest, file, job) -> {
        throw new HostException("artifact " + digest + " cannot be had: there is no controller to fetch it from");
    };

    /**
     * Fetches one into the file and proves its digest. May be called again for what was cut off.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits
     */
    void fetch(String digest, Path file, Job job) throws HostException, IOException, InterruptedException;
}
