package dev.drydock.controller.compliance.finding;

import dev.drydock.controller.vulnerability.Match;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.Site;
import dev.drydock.proto.facts.v1.SiteItem;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a host's facts say is wrong with it now. */
final class Observations {
    private final Map<Finding.Key, Finding> found = new LinkedHashMap<>();
    private final Instant now;

    private Observations(Instant now) {
        this.now = now;
    }

    static Collection<Finding> of(Host host, VulnerabilityIndex index, Instant now) {
        Observations all = new Observations(now);
        host.getPackages().getPendingList().stream()
                .filter(PendingUpdate::getSecurity)
                .forEach(all::update);
        index.of(host).forEach(all::vulnerability);
        if (host.getReboot().getRequired()) {
            all.add(new Finding(FindingKind.REBOOT, "reboot", "", Severity.UNRATED, false, now));
        }
        host.getSitesList().forEach(all::site);
        return List.copyOf(all.found.values());
    }

    private void update(PendingUpdate update) {
        Instant seen = Instant.ofEpochSecond(update.getFirstSeen().getSeconds());
        add(new Finding(FindingKind.UPDATE, update.getName(), update.getName(), Severity.UNRATED, false, seen));
    }

    private void vulnerability(Match match) {
        add(new Finding(
                FindingKind.VULNERABILITY,
                match.cve(),
                match.packageName(),
                match.severity(),
                match.exploited(),
                match.since()));
    }

    /** The agent does not say since when: the clock starts when it is heard of. */
    private void site(Site site) {
        if (!site.getAvailableVersion().isEmpty()) {
            add(new Finding(FindingKind.SITE, site.getPath() + " core", "", Severity.UNRATED, false, now));
        }
        for (SiteItem item : site.getItemsList()) {
            if (!item.getAvailableVersion().isEmpty()) {
                String subject = site.getPath() + " " + item.getKind() + " " + item.getSlug();
                add(new Finding(FindingKind.SITE, subject, "", Severity.UNRATED, false, now));
            }
        }
    }

    /** Of several of one key, the one that is known for longest. A host's clock that is ahead gives no grace. */
    private void add(Finding finding) {
        Finding bounded = finding.firstSeen().isAfter(now) ? finding.since(now) : finding;
        found.merge(bounded.key(), bounded, (one, other) -> other.firstSeen().isBefore(one.firstSeen()) ? other : one);
    }
}
