package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs PHP on a site's code, as the site's user and within bounds. */
public final class SitePhp {
    private static final Duration BOOTSTRAP = Duration.ofSeconds(60);
    private static final String LOADED = "drydock-wp-loaded";

    /** Fatal errors are to end the program, and are not to be taken for a reason to write to the administrator. */
    private static final String BOOT = """
            define('WP_DISABLE_FATAL_ERROR_HANDLER', true);
            define('DISABLE_WP_CRON', true);
            $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1'; $_SERVER['REQUEST_METHOD'] = 'GET';
            $_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = $argv[2]; $_SERVER['REQUEST_URI'] = $argv[3];
            """;

    private static final String PROBE = BOOT + "require $argv[1] . '/wp-load.php'; echo '" + LOADED + "';";

    /** As wp-admin/upgrade.php does it. While WP_INSTALLING no plugin is loaded, and .maintenance does not count. */
    private static final String UPGRADE = BOOT + """
            define('WP_INSTALLING', true);
            require $argv[1] . '/wp-load.php';
            require ABSPATH . 'wp-admin/includes/upgrade.php';
            wp_upgrade();
            echo 'database version ' . get_option('db_version');
            """;

    private static final String SITES = BOOT + """
            define('WP_INSTALLING', true);
            require $argv[1] . '/wp-load.php';
            foreach (is_multisite() ? get_sites(['number' => 0]) : [] as $s) { echo $s->domain, ' ', $s->path, "\\n"; }
            """;

    private final Commands commands;
    private final SiteUser user;
    private final String path;
    private final String host;

    /** @param host by which the site knows itself: the name in its address */
    public SitePhp(Commands commands, SiteUser user, String path, String host) {
        this.commands = commands;
        this.user = user;
        this.path = path;
        this.host = host;
    }

    /** @return the version, or empty where there is no PHP for the command line */
    public static String version(Commands commands, Job job) throws HostException, InterruptedException {
        try {
            commands.requireProgram("php");
        } catch (IOException none) {
            return "";
        }
        return job.silent()
                .require(commands, Map.of(), List.of("php", "-n", "-r", "echo PHP_VERSION;"))
                .strip();
    }

    /** Loads WordPress with all its plugins and the theme. @return what is wrong; empty when nothing is */
    public String probe(Job job) throws HostException, InterruptedException {
        Commands.Result result = php(PROBE, "/", job.silent().within(BOOTSTRAP));
        if (result.ok() && result.stdout().contains(LOADED)) {
            return "";
        }
        String why = result.tail()
                .lines()
                .filter(l -> l.contains("PHP ") || l.contains("rror"))
                .findFirst()
                .orElse("");
        return "wp-load.php "
                + (result.timedOut() ? "did not end in time" : "ended with exit code " + result.exitCode())
                + (why.isEmpty() ? "" : ": " + why.strip());
    }

    /** Brings the database to the core's version; in a network that of each of its sites. Idempotent. */
    public void upgradeDatabase(Job job) throws HostException, InterruptedException {
        requireOk("the list of the network's sites", php(SITES, "/", job.silent()));
        List<String> sites = php(SITES, "/", job.silent()).stdout().lines().toList();
        if (sites.isEmpty()) {
            requireOk("the upgrade of the database", php(UPGRADE, "/", job));
        }
        for (String site : sites) {
            String[] parts = site.split(" ", 2);
            job.output().line("Database of " + parts[0] + parts[1]);
            requireOk(
                    "the upgrade of the database of " + site,
                    new SitePhp(commands, user, path, parts[0]).php(UPGRADE, parts[1], job));
        }
    }

    /** The same by wp-cli. */
    public void upgradeDatabaseByWpCli(boolean network, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(user.prefix());
        argv.addAll(List.of("wp", "core", "update-db", "--path=" + path, "--skip-plugins", "--skip-themes"));
        if (network) {
            argv.add("--network");
        }
        requireOk("wp core update-db", job.run(commands, Map.of("HOME", "/nonexistent"), argv));
    }

    /** @return complaints of the syntax, by {@code php -l}; empty when there are none */
    public String lint(String file, Job job) throws HostException, InterruptedException {
        Commands.Result result = job.silent().run(commands, Map.of(), List.of("php", "-n", "-l", file));
        return result.ok() ? "" : result.tail().strip().lines().findFirst().orElse("it is no PHP");
    }

    private Commands.Result php(String code, String uri, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(user.prefix());
        argv.addAll(List.of(
                "php",
                "-d",
                "display_errors=stderr",
                "-d",
                "log_errors=0",
                "-d",
                "opcache.enable_cli=0",
                "-r",
                code,
                "--",
                path,
                host,
                uri));
        return job.run(commands, Map.of("HOME", "/nonexistent"), argv);
    }

    private static void requireOk(String what, Commands.Result result) throws HostException {
        if (!result.ok()) {
            throw HostException.of(what, result);
        }
    }
}
