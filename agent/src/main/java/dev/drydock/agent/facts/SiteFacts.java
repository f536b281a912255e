package dev.drydock.agent.facts;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Installed;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.MysqlSiteDatabase;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.SiteFinder;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.host.wordpress.SiteState;
import dev.drydock.agent.host.wordpress.UpdateSelection;
import dev.drydock.agent.host.wordpress.UpdateSelection.Group;
import dev.drydock.agent.host.wordpress.UpdateSelection.Update;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.wordpress.MirrorSource;
import dev.drydock.agent.wordpress.SiteLog;
import dev.drydock.proto.facts.v1.Site;
import dev.drydock.proto.facts.v1.SiteItem;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * WordPress sites of the host, by their files and by their databases' own client; nothing of a site is run. What is available comes
 * from the mirror that {@value #MIRROR} names, and is told without it as nothing.
 */
final class SiteFacts {
    static final String MIRROR = "/etc/drydock/wordpress-mirror";

    private final ManagedHost host;
    private final SiteLog log;
    private final InstantSource clock;

    /** @param log what reviews of the sites found */
    SiteFacts(ManagedHost host, SiteLog log, InstantSource clock) {
        this.host = host;
        this.log = log;
        this.clock = clock;
    }

    List<Site> gather(Job job) throws HostException, IOException, InterruptedException {
        List<Site> sites = new ArrayList<>();
        for (String path : new SiteFinder(host.files()).find()) {
            sites.add(site(path, job));
        }
        return sites;
    }

    private Site site(String path, Job job) throws IOException, InterruptedException {
        Site.Builder facts =
                Site.newBuilder().setPath(path).setMaintenance(host.files().exists(path + "/.maintenance"));
        List<String> trouble = new ArrayList<>();
        SiteLog.Entry known = log.find(path);
        facts.addAllCoreFindings(known.findings());
        known.compared()
                .ifPresent(at -> facts.setCoreComparedAt(Timestamp.newBuilder().setSeconds(at.getEpochSecond())));
        WordPressSite site;
        try {
            site = new SiteReader(host.files()).read(path);
        } catch (IOException e) {
            return facts.setTrouble(String.valueOf(e.getMessage())).build();
        }
        Set<String> active = Set.of();
        try {
            SiteState state = SiteState.read(
                    new MysqlSiteDatabase(host.commands(), site.config(), Set.of()), clock.instant(), job);
            active = state.active();
            facts.addAllAdministrators(state.administrators()).setCronOverdue(state.cronOverdue());
        } catch (HostException e) {
            trouble.add("its database cannot be asked: " + e.getMessage());
        }
        Map<Item, String> available = Map.of();
        try {
            available = available(site, job);
        } catch (HostException | IOException e) {
            trouble.add(String.valueOf(e.getMessage()));
        }
        facts.setVersion(site.core())
                .setAvailableVersion(available.getOrDefault(Item.CORE, ""))
                .setMultisite(site.config().multisite())
                .setTrouble(String.join("; ", trouble));
        for (Installed installed : site.installed()) {
            facts.addItems(SiteItem.newBuilder()
                    .setKind(installed.item().kind().word())
                    .setSlug(installed.item().slug())
                    .setVersion(installed.version())
                    .setAvailableVersion(available.getOrDefault(installed.item(), ""))
                    .setActive(active.contains(installed.entry())));
        }
        return facts.build();
    }

    private Map<Item, String> available(WordPressSite site, Job job) throws HostException, IOException {
        Optional<String> mirror = host.files().read(MIRROR).map(String::strip).filter(path -> path.startsWith("/"));
        if (mirror.isEmpty()) {
            return Map.of();
        }
        List<Release> releases =
                new MirrorSource(host.files().resolve(mirror.get()), "mirror " + mirror.get()).releases(site, job);
        Group all = new Group(true, List.of());
        return new UpdateSelection("all", all, all, List.of(), Map.of())
                .choose(site, releases, "").updates().stream()
                        .collect(Collectors.toMap(
                                Update::item, update -> update.to().version()));
    }
}
