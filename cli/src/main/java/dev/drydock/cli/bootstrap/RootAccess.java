package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.Remote;
import dev.drydock.cli.ssh.SshFault;
import java.time.Duration;
import java.util.Optional;

/** For those who look only: a script as root where root can be had, else as who logs in. */
public final class RootAccess {
    private RootAccess() {}

    /** Root was asked for and cannot be had. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Trouble trouble;

        Refused(Trouble trouble) {
            super(trouble.what());
            this.trouble = trouble;
        }

        public Trouble trouble() {
            return trouble;
        }
    }

    /** @param sudo whether it is to be root, by sudo; otherwise it is whoever logs in */
    public static Remote.Answer run(
            Remote remote, String user, boolean sudo, Optional<String> sudoPassword, String script, Duration limit)
            throws SshFault, Refused {
        try {
            Elevation elevation = sudo ? Becoming.root(remote, user, true, sudoPassword) : Elevation.ROOT;
            return new RootShell(remote, elevation).run(script, Remote.Input.NOTHING, limit);
        } catch (Stopped e) {
            throw new Refused(e.troubles().getFirst());
        }
    }

    /** Of an answer that is not the script's. */
    public static Trouble unexpected(Remote.Answer answer) {
        return new Trouble(
                "no-shell",
                "commands do not run there as they should: " + Said.shortly(answer),
                "Try by hand: ssh, then sh -c 'uname -m'.");
    }
}
