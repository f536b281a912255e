package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.SshFault;
import java.util.Locale;

/**
 * Why a host is not done.
 *
 * @param code for scripts: {@code no-sudo}
 * @param what in words
 * @param next how to go on
 * @param distrust another machine may answer in the host's place
 */
public record Trouble(String code, String what, String next, boolean distrust) {
    public Trouble(String code, String what, String next) {
        this(code, what, next, false);
    }

    public static Trouble of(SshFault fault) {
        return new Trouble(
                fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                fault.getMessage(),
                fault.next(),
                fault.isDistrust());
    }
}
