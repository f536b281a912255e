package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.wordpress.CodeCache;
import dev.drydock.agent.host.wordpress.ErrorLogs;
import dev.drydock.agent.host.wordpress.Maintenance;
import dev.drydock.agent.host.wordpress.MysqlSiteDatabase;
import dev.drydock.agent.host.wordpress.SiteDatabase;
import dev.drydock.agent.host.wordpress.SiteFinder;
import dev.drydock.agent.host.wordpress.SitePhp;
import dev.drydock.agent.host.wordpress.SiteReader;
import dev.drydock.agent.host.wordpress.SiteUser;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.host.wordpress.WpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What works on one site: its database, its PHP, its maintenance mode and how it is looked at. */
record WordPressTools(
        ManagedHost host,
        WordPressSite site,
        SiteDatabase database,
        SitePhp php,
        WordPressHealth health,
        Maintenance maintenance,
        CodeCache cache,
        Pause pause) {
    /** Its times are whole seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** For a step that has been prepared. */
    static WordPressTools of(ManagedHost host, WordPressArgs args, WordPressUndo undo, Pause pause, Job job)
            throws HostException, IOException, InterruptedException {
        WordPressSite site = site(host, args);
        return of(host, args, site, new SiteUser(undo.uid(), undo.gid()), undo.host(), pause, job);
    }

    static WordPressTools of(
            ManagedHost host, WordPressArgs args, WordPressSite site, SiteUser user, String name, Pause pause, Job job)
            throws HostException, IOException, InterruptedException {
        boolean cli = !SitePhp.version(host.commands(), job).isEmpty();
        SitePhp php = new SitePhp(host.commands(), user, site.path(), name);
        ErrorLogs logs = new ErrorLogs(logs(host, args, site), site.path());
        return new WordPressTools(
                host,
                site,
                database(host, site),
                php,
                new WordPressHealth(args, php, cli, logs, pause),
                new Maintenance(host.files().resolve(site.path())),
                CodeCache.of(host.files()),
                pause);
    }

    /** While its core is missing in the middle of a swap the site can still be told: only the configuration is needed. */
    private static WordPressSite site(ManagedHost host, WordPressArgs args) throws IOException {
        return new SiteReader(host.files()).configured(args.path());
    }

    static SiteDatabase database(ManagedHost host, WordPressSite site) throws IOException {
        return new MysqlSiteDatabase(host.commands(), site.config(), longerPrefixes(host, site));
    }

    /** Of other sites in the same database: a table wp_shop_posts is none of the site with wp_. */
    private static Set<String> longerPrefixes(ManagedHost host, WordPressSite site) throws IOException {
        SiteReader reader = new SiteReader(host.files());
        Set<String> prefixes = new HashSet<>();
        for (String path : new SiteFinder(host.files()).find()) {
            WpConfig other = reader.configured(path).config();
            if (other.database().equals(site.config().database())
                    && other.host().equals(site.config().host())
                    && other.prefix().startsWith(site.config().prefix())
                    && !other.prefix().equals(site.config().prefix())) {
                prefixes.add(other.prefix());
            }
        }
        return prefixes;
    }

    private static List<Path> logs(ManagedHost host, WordPressArgs args, WordPressSite site) throws IOException {
        List<Path> logs = new ArrayList<>();
        List<String> named = new ArrayList<>(args.health().strings("errorLog"));
        named.addAll(List.of(
                site.content() + "/debug.log",
                "/var/log/nginx/error.log",
                "/var/log/apache2/error.log",
                "/var/log/httpd/error_log"));
        for (String log : named) {
            logs.add(host.files().resolve(log));
        }
        Path directory = host.files().resolve("/var/log");
        if (Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.list(directory)) {
                all.filter(path -> String.valueOf(path.getFileName()).matches("php.*fpm.*\\.log"))
                        .sorted()
                        .forEach(logs::add);
            }
        }
        return logs.stream().distinct().toList();
    }

    /**
     * Sees to it that from now on the code that is there now is run. While the site is in maintenance, since what ran old code once
     * more would answer wrong, and write into the database that was just put back.
     */
    void settle(List<String> reload, Job job) throws HostException, InterruptedException {
        for (String service : reload) {
            host.services().reload(service, job);
        }
        if (cache.looks()) {
            pause.of(cache.stale().plus(MARGIN));
        }
    }

    /** @throws HostException where old code would run for ever */
    void requireSettling(List<String> reload) throws HostException {
        if (!cache.looks() && reload.isEmpty()) {
            throw new HostException(
                    "PHP does not look whether its files have changed (opcache.validate_timestamps is off): name"
                            + " the services that run the site's PHP under 'reload'");
        }
    }
}
