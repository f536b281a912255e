package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshFault;
import java.time.Duration;

/** Runs scripts as root on one host. */
record RootShell(Remote remote, Elevation elevation) {
    Remote.Answer run(String script, Remote.Input input, Duration limit) throws SshFault {
        return remote.run(elevation.command(script), elevation.input(input), limit);
    }
}
