package dev.drydock.agent.host.wordpress;

import java.util.Optional;

/**
 * What a site's {@code wp-config.php} says of its database. Knows the password, and never prints it.
 *
 * @param host {@code localhost}, {@code db:3307} or {@code localhost:/run/mysqld.sock}
 * @param prefix of the site's tables
 * @param contentDir where another one than {@code wp-content} is said
 */
public record WpConfig(
        String database,
        String user,
        String password,
        String host,
        String prefix,
        boolean multisite,
        Optional<String> contentDir) {
    @Override
    public String toString() {
        return "database " + database + " on " + host + ", tables " + prefix + "*";
    }
}
