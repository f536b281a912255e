package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.LabHost;

/** What the journeys of backups have in common. */
final class Backups {
    static final String UNFINISHED = "ls -A /srv/backups 2>/dev/null | grep '^\\.' || true";

    private Backups() {}

    /** Neither files nor databases of what was unfinished or tried. */
    static void requireNothingLeft(LabHost host) {
        assertThat(host.sh(UNFINISHED)).isEmpty();
        assertThat(host.sh("mariadb -NBe 'show databases'")).doesNotContain("drydock");
        assertThat(host.sh("runuser -u postgres -- psql -Atc 'select datname from pg_database'"))
                .doesNotContain("drydock");
    }

    /** @param steps each an action with its arguments, in YAML */
    static String playbook(String name, String... steps) {
        StringBuilder text = new StringBuilder("""
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s, description: A journey of the lab, maintenance: preventive}
                spec:
                  steps:
                """.formatted(name));
        for (int i = 0; i < steps.length; i++) {
            text.append("    - name: Step ").append(i + 1).append("\n      ");
            text.append(steps[i]).append('\n');
        }
        return text.append("  verify:\n    - service.active: [nginx]\n").toString();
    }
}
