package dev.drydock.agent.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Boots by {@code systemctl}. */
final class SystemdBoot implements Boot {
    /** A file system that does not answer must not keep the host from the reboot that may cure it. */
    private static final Duration SYNC = Duration.ofSeconds(60);

    private final Commands commands;

    SystemdBoot(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String id() throws IOException {
        return BootId.read();
    }

    /** The exit code is not zero for all but "running". */
    @Override
    public String state(Job job) throws HostException, InterruptedException {
        Commands.Result result = job.silent().run(commands, Map.of(), List.of("systemctl", "is-system-running"));
        String state = result.stdout().strip();
        if (state.isEmpty()) {
            throw HostException.of("systemctl is-system-running", result);
        }
        return state;
    }

    @Override
    public void reboot(Job job) throws HostException, InterruptedException {
        if (!job.within(SYNC).run(commands, Map.of(), List.of("sync")).ok()) {
            job.output().line("sync did not end well; the reboot writes to disk what it can");
        }
        job.require(commands, Map.of(), List.of("systemctl", "reboot"));
    }
}
