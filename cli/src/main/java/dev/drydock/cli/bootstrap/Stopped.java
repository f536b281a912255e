package dev.drydock.cli.bootstrap;

import dev.drydock.cli.ssh.SshFault;
import java.util.List;

/** The work on a host stops here. */
final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Trouble> troubles;

    Stopped(List<Trouble> troubles) {
        super(troubles.getFirst().what());
        this.troubles = List.copyOf(troubles);
    }

    Stopped(String code, String what, String next) {
        this(List.of(new Trouble(code, what, next)));
    }

    static Stopped by(SshFault fault) {
        return new Stopped(List.of(Trouble.of(fault)));
    }

    List<Trouble> troubles() {
        return troubles;
    }
}
