package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.TypedText.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a document says to type and what cannot be done where {@link FirstFleetIT} types it.
 *
 * @param page on which it stands
 * @param text that stands in it
 * @param tried it is typed all the same, and has to fail: when it no longer does it does not belong here
 * @param why with what shows it instead
 */
record NotTyped(String page, String text, boolean tried, String why) {
    private static final String FROM_SOURCES =
            "a build's folders without packages: DemoIT runs them, first-fleet.md is typed with packages";
    private static final String SECOND_CONTROLLER = "there is a controller for that directory: its options are parsed";
    private static final String NO_COPY = "no upgrade was made, and there is no former package: UpgradeTest goes back";

    static final List<NotTyped> ALL = List.of(
            tried("README.md", "dist/target/drydock /opt", FROM_SOURCES),
            never("README.md", "sudo drydock-controller run", FROM_SOURCES),
            tried("README.md", "sudo cp -a drydock-agent", FROM_SOURCES),
            tried("README.md", "/opt/drydock-agent/bin/drydock-agent", FROM_SOURCES),
            never("README.md", "rollout watch", "waits for Sunday night: first-fleet.md watches a rollout"),
            tried("docs/access.md", "--oidc-issuer", "needs a provider: SingleSignOnIT has one"),
            tried("docs/cli.md", "/usr/bin/time", "measures the program as it was built, which is not there"),
            tried("docs/teams.md", "--mail-server", SECOND_CONTROLLER),
            tried("docs/migrate/ansible.md", "ansible-inventory", "there is no Ansible"),
            never("docs/quickstart.md", "purge", "takes away what the page made; its machine ends then anyway"),
            tried("docs/runbooks.md", "iostat", "of Debian's package sysstat, which is not there"),
            tried("docs/upgrade.md", "--allow-downgrades", NO_COPY));

    private static NotTyped tried(String page, String text, String why) {
        return new NotTyped(page, text, true, why);
    }

    private static NotTyped never(String page, String text, String why) {
        return new NotTyped(page, text, false, why);
    }

    boolean covers(Statement statement) {
        return page.equals(statement.page()) && statement.text().contains(text);
    }

    static Optional<NotTyped> of(Statement statement) {
        return ALL.stream().filter(entry -> entry.covers(statement)).findFirst();
    }
}
