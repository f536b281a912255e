package dev.drydock.e2e.chaos;

/** What is done to a real host, its agent or the controller in the middle of a run. */
enum HostFault {
    NOTHING("a round in which nothing happens"),
    KILL_AGENT("kill -9 of the agent"),
    KILL_CONTROLLER("kill -9 of the controller, started again at once; it strikes the other hosts' rounds too"),
    NETWORK_CUT("the host is taken off its network for some seconds"),
    DPKG_KILLED("kill -9 of dpkg in the middle of its work"),
    APT_KILLED("kill -9 of apt-get and all that it started"),
    LOCK_HELD("another process holds dpkg's locks for some seconds"),
    SERVICE_DIES("kill -9 of nginx, which nobody starts again"),
    AGENT_DISK_FULL("the disk of the agent's data is full for some seconds"),
    PACKAGE_DISK_FULL("the disk on which the package's files lie is full for some seconds"),
    HOST_RESTART("the host is ended without a word and started again");

    private final String meaning;

    HostFault(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}
