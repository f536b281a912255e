package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshFault;
import java.util.Optional;

/**
 * One host and how it is got into.
 *
 * @param user who logs in
 * @param address for messages
 * @param sudo whether sudo may be used
 */
record HostTask(
        String user,
        String address,
        Connecting connecting,
        boolean sudo,
        Optional<String> sudoPassword,
        Wanted wanted,
        ParcelContents contents) {
    /** Logs in. */
    @FunctionalInterface
    interface Connecting {
        Remote connect() throws SshFault;
    }

    String name() {
        return wanted.name();
    }
}
