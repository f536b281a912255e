package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.host.wordpress.CoreFiles;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.host.wordpress.Zips;
import dev.drydock.agent.wordpress.SiteLog;
import dev.drydock.agent.wordpress.WordPressOrgSource;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code wordpress.integrity}: the core of a site is as it was published. Where nobody knows the checksums of its version the check
 * does not hold.
 */
final class WordPressIntegrity implements Check {
    private final ManagedHost host;
    private final Artifacts artifacts;
    private final SiteLog log;
    private final InstantSource clock;

    WordPressIntegrity(ManagedHost host, Artifacts artifacts, SiteLog log, InstantSource clock) {
        this.host = host;
        this.artifacts = artifacts;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "wordpress.integrity";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        String path = args.string("path");
        try {
            WordPressSite site = new SiteReader(host.files()).read(path);
            Args source = source(args);
            Map<String, String> checksums = checksums(
                    site,
                    WordPressSources.of(source, host, artifacts, context.workDir()),
                    context.workDir(),
                    OnHost.job(context));
            if (checksums.isEmpty()) {
                throw new HostException("no checksums of WordPress " + site.core() + " are known to "
                        + source.values().values().stream()
                                .findFirst()
                                .map(String::valueOf)
                                .orElse("wordpress.org"));
            }
            List<PathMatcher> ignored = args.strings("ignore").stream()
                    .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                    .toList();
            List<String> findings = CoreFiles.compare(host.files().resolve(path), checksums).stream()
                    .filter(line -> ignored.stream()
                            .noneMatch(glob -> glob.matches(Path.of(line.substring(line.indexOf(' ') + 1)))))
                    .toList();
            log.put(log.find(path)
                    .compared(
                            clock.instant(),
                            findings.stream().limit(Findings.MOST_KEPT).toList()));
            return Findings.seen(findings, checksums.size() + " files of WordPress " + site.core());
        } catch (HostException | IOException e) {
            return Findings.error(e);
        }
    }

    private static Args source(Args args) {
        Map<String, Object> copy = new HashMap<>();
        if (args.values().get("source") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        } else if (args.has("source")) {
            throw new IllegalArgumentException(
                    "argument 'source' is " + args.values().get("source") + ", expected mirror, artifact or api");
        }
        return new Args(copy);
    }

    /** Those that the source publishes, else those of the very files that it would install. */
    private static Map<String, String> checksums(WordPressSite site, UpdateSource source, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        if (source instanceof WordPressOrgSource) {
            return source.checksums(published(site.core()), job);
        }
        Optional<Release> offered = source.releases(site, job).stream()
                .filter(release ->
                        release.item().equals(Item.CORE) && release.version().equals(site.core()))
                .findFirst();
        if (offered.isEmpty()) {
            return Map.of();
        }
        Map<String, String> published = source.checksums(offered.get(), job);
        if (!published.isEmpty()) {
            return published;
        }
        Path zip = workDir.resolve("integrity.zip");
        Path fresh = workDir.resolve("integrity");
        DurableFiles.deleteTree(zip);
        DurableFiles.deleteTree(fresh);
        try {
            source.fetch(offered.get(), zip, job.silent());
            new Zips().unpack(zip, fresh);
            return CoreFiles.checksums(fresh);
        } finally {
            DurableFiles.deleteTree(zip);
            DurableFiles.deleteTree(fresh);
        }
    }

    /** WordPress's API knows the checksums of versions that it does not offer any more, too. */
    private static Release published(String version) {
        return new Release(
                Item.CORE,
                version,
                "",
                "",
                "",
                "",
                "/core/checksums/1.0/?locale=en_US&version=" + URLEncoder.encode(version, StandardCharsets.UTF_8));
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Findings.judge(baseline, now, 0);
    }
}
