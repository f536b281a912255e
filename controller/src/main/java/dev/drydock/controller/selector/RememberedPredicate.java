package dev.drydock.controller.selector;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.proto.facts.v1.Host;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A selector that is asked of the same hosts again and again: its answer for a host is kept as long as the host's facts are the same
 * object. Thread-safe.
 */
public final class RememberedPredicate {
    /** Beyond it all is forgotten: hosts come and go. */
    private static final int MOST = 200_000;

    private final HostPredicate predicate;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Host host, boolean selected) {}

    public RememberedPredicate(HostPredicate predicate) {
        this.predicate = predicate;
    }

    /** @throws EvaluationException when there is no answer; that is not kept */
    public boolean selects(Host host) throws EvaluationException {
        Answer known = answers.get(host.getId());
        if (known != null && known.host() == host) {
            return known.selected();
        }
        boolean selected = predicate.selects(host, Map.of());
        if (answers.size() >= MOST) {
            answers.clear();
        }
        answers.put(host.getId(), new Answer(host, selected));
        return selected;
    }
}
