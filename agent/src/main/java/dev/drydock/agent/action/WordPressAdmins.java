package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.MysqlSiteDatabase;
import dev.drydock.agent.host.wordpress.SiteAdministrators;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.wordpress.SiteLog;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code wordpress.admins}: nobody administers a site who should not. Without a list of names those count as known who were there
 * the first time; who came later does not become known by being seen.
 */
final class WordPressAdmins implements Check {
    private final ManagedHost host;
    private final SiteLog log;

    WordPressAdmins(ManagedHost host, SiteLog log) {
        this.host = host;
        this.log = log;
    }

    @Override
    public String name() {
        return "wordpress.admins";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        String path = args.string("path");
        try {
            Job job = OnHost.job(context).silent();
            Set<String> there = SiteAdministrators.of(
                    new MysqlSiteDatabase(
                            host.commands(),
                            new SiteReader(host.files()).configured(path).config(),
                            Set.of()),
                    job);
            if (there.isEmpty()) {
                throw new HostException(
                        "the site at " + path + " has no administrator: its tables are not as expected");
            }
            SiteLog.Entry known = log.find(path);
            List<String> expected = expected(args, known, there);
            List<String> findings = new ArrayList<>();
            there.stream()
                    .filter(name -> !expected.contains(name))
                    .forEach(name -> findings.add("administrator of " + path + ": " + name));
            if (findings.isEmpty()) {
                log.put(known.administrators(new TreeSet<>(there)));
            }
            return Findings.seen(findings, there.size() + " administrators");
        } catch (HostException | IOException e) {
            return Findings.error(e);
        }
    }

    private static List<String> expected(Args args, SiteLog.Entry known, Set<String> there) {
        return args.has("allowed")
                ? args.strings("allowed")
                : Optional.of(known).flatMap(SiteLog.Entry::administrators).orElse(List.copyOf(there));
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Findings.judge(baseline, now, 0);
    }
}
