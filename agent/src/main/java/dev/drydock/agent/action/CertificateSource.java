package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import java.io.IOException;
import java.util.List;

/**
 * Where {@code certificate.renew} gets the new certificate from, and how it gets to its place. What is served and how that is put
 * back is not its concern. The contract of {@link Action} counts for each call.
 */
interface CertificateSource {
    Action.Plan plan(StepContext context) throws HostException, IOException, InterruptedException;

    /** @return what the later calls get as {@code own} */
    Struct prepare(StepContext context) throws HostException, IOException, InterruptedException;

    /** Puts the new certificate and its key where they are served from. */
    void install(StepContext context, Struct own) throws HostException, IOException, InterruptedException;

    /**
     * Proves that the new ones are in their place.
     *
     * @return what a handshake has to show
     */
    CertificateSet requireInstalled(StepContext context, Struct own)
            throws HostException, IOException, InterruptedException;

    /** Puts back what it changed beside the files that are served. Idempotent. */
    void undo(StepContext context, Struct own) throws HostException, IOException;

    /** @return the evidence, a line each */
    List<String> proveUndone(StepContext context, Struct own) throws HostException, IOException;
}
