package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostFiles;
import java.util.List;

/** dnf, version 4, of the RHEL family. */
public final class DnfPackageManager extends RpmPackageManager {
    public DnfPackageManager(Commands commands, HostFiles files) {
        super(commands, files, new Dnf(commands, files));
    }

    @Override
    List<String> failedScripts(String output) {
        return DnfOutput.failedScripts(output);
    }

    /** dnf waits for a lock as long as it has time. */
    @Override
    boolean isLocked(Commands.Result result) {
        return false;
    }
}
