package dev.drydock.agent.run;

/** What the harness does to an agent and its host. {@link Strike} says when. */
enum Fault {
    KILL_AGENT("kill -9 of the agent, back five seconds later"),
    POWER_LOSS("power cut: what was not synced is gone sector by sector, another boot id"),
    HOST_RESTART("restart of the host: everything is on its disk, another boot id"),
    WRITE_ERROR("a write to the journal fails half way"),
    DISK_FULL("no space left: no file grows, no change can be made, for a while"),
    CLOCK_AHEAD("the host's clock jumps an hour ahead"),
    CLOCK_BACK("the host's clock jumps an hour back"),
    NETWORK_CUT("nothing reaches the controller for a while, and the last acknowledgement is lost"),
    LOCK_HELD("another process holds the package manager's lock for a while"),
    TOOL_KILLED("the program that changes the host is killed half way"),
    SERVICE_DIES("the service dies, and stays so until somebody starts it again or the while is over");

    private final String meaning;

    Fault(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    /** Whether the agent is gone by it. */
    boolean kills() {
        return this == KILL_AGENT || this == POWER_LOSS || this == HOST_RESTART;
    }
}
