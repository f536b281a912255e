package dev.drydock.agent.session;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.facts.v1.Host;
import java.util.Optional;

/** The newest facts and what the controller has of them. For one thread. */
final class KnownFacts {
    private Optional<Host> facts = Optional.empty();
    private String digest = "";
    private String atController = "";

    void gathered(Host host) {
        facts = Optional.of(host);
        digest = HostFacts.digest(host);
    }

    /** Of the facts that the host holds; empty before they were gathered first. */
    String digest() {
        return digest;
    }

    /** @param greeted the digest that Hello named */
    void welcomed(String greeted, boolean wanted) {
        atController = wanted ? "" : greeted;
    }

    /** Sends them once, when the controller has others or none. */
    Optional<AgentMessage> next() {
        if (facts.isEmpty() || digest.equals(atController)) {
            return Optional.empty();
        }
        atController = digest;
        return Optional.of(AgentMessage.newBuilder()
                .setFacts(FactsReport.newBuilder().setDigest(digest).setFacts(facts.get()))
                .build());
    }
}
