package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostFiles;
import java.util.List;

/** zypper, of the SUSE family. */
public final class ZypperPackageManager extends RpmPackageManager {
    private static final int LOCKED = 7;

    public ZypperPackageManager(Commands commands, HostFiles files) {
        super(commands, files, new Zypper(commands, files));
    }

    @Override
    List<String> failedScripts(String output) {
        return ZypperXml.failedScripts(output);
    }

    @Override
    boolean isLocked(Commands.Result result) {
        return !result.timedOut() && result.exitCode() == LOCKED;
    }
}
