package dev.drydock.agent.testing;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.proto.facts.v1.Host;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Facts that a test sets. */
public final class FakeFacts implements HostFacts {
    private volatile Host host = Host.newBuilder().setKernel("6.1").build();

    /** Whether lists were to be refreshed, for each time that facts were gathered. */
    public final BlockingQueue<Boolean> gathered = new LinkedBlockingQueue<>();

    public void set(Host host) {
        this.host = host;
    }

    @Override
    public Host current() {
        return host;
    }

    @Override
    public Host gather(boolean refreshLists) {
        Host now = host;
        gathered.add(refreshLists);
        return now;
    }
}
