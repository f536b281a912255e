package dev.drydock.e2e.chaos;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What happens in one round.
 *
 * @param holds whether the playbook's last check holds; otherwise all of it has to go back
 * @param delay after the moment
 */
record ChaosRound(long seed, HostFault fault, boolean holds, Moment moment, Duration delay, Duration lasts) {
    /** What the fault waits for. */
    enum Moment {
        /** Nothing more: the rollout was created. */
        OFFERED(3_000),
        /** The agent runs apt-get: it plans, fetches, or changes something. */
        APT_RUNS(3_000),
        /** dpkg changes something, forward or back. */
        DPKG_RUNS(700);

        private final int latest;

        Moment(int latest) {
            this.latest = latest;
        }
    }

    /** @param canBeRestarted whether the host keeps its data over a restart; if not, its agent's disk can be filled */
    static ChaosRound of(long seed, boolean canBeRestarted) {
        Random random = new Random(seed);
        HostFault[] possible = Stream.of(HostFault.values())
                .filter(fault -> fault != (canBeRestarted ? HostFault.AGENT_DISK_FULL : HostFault.HOST_RESTART))
                .toArray(HostFault[]::new);
        HostFault fault = possible[random.nextInt(possible.length)];
        boolean holds = random.nextInt(5) < 3;
        Moment any = Moment.values()[random.nextInt(Moment.values().length)];
        Moment moment =
                switch (fault) {
                    case DPKG_KILLED, APT_KILLED -> Moment.DPKG_RUNS;
                    // Once dpkg is at it, it is too late.
                    case PACKAGE_DISK_FULL, LOCK_HELD -> any == Moment.DPKG_RUNS ? Moment.APT_RUNS : any;
                    default -> any;
                };
        boolean tool = fault == HostFault.DPKG_KILLED || fault == HostFault.APT_KILLED;
        Duration delay = Duration.ofMillis(random.nextInt(tool ? 80 : moment.latest));
        Duration lasts = Duration.ofMillis(1_000 + random.nextInt(9_000));
        return new ChaosRound(seed, fault, holds, moment, delay, lasts);
    }

    /** The same moment, and nothing happens. */
    ChaosRound withNothing() {
        return new ChaosRound(seed, HostFault.NOTHING, holds, moment, delay, lasts);
    }
}
