package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.rule.Verdict;
import java.util.List;

/**
 * A host and how it stands.
 *
 * @param findings by which it was judged
 */
public record HostVerdict(HostView host, List<Finding> findings, Verdict verdict) {
    public HostVerdict {
        findings = List.copyOf(findings);
    }
}
