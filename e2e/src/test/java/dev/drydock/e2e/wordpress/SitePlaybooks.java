package dev.drydock.e2e.wordpress;

/** The playbooks of the journeys, with times short enough for the lab. */
final class SitePlaybooks {
    private SitePlaybooks() {}

    /** @param what arguments of the action, as in {@code core: minor, plugins: all} */
    static String update(String name, String what) {
        return update(name, what, "/srv/wordpress/mirror", "", "");
    }

    /** @param health more of it, such as {@code , again: 70s}; @param after checks of the step that come after the action's own */
    static String update(String name, String what, String mirror, String health, String after) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata:
                  name: %s
                  description: A journey of the lab
                  maintenance: preventive
                spec:
                  steps:
                    - name: WordPress
                      wordpress.update:
                        path: /var/www/html
                        %s
                        source: {mirror: %s}
                        health: {url: ["http://localhost/", "http://localhost/wp-login.php"], contains: "</html>", grace: 10s%s}
                      timeout: 5m
                      rollbackTimeout: 5m
                %s  verify:
                    - service.active: [nginx, php8.2-fpm, mariadb]
                """.formatted(name, what.replace("; ", "\n        "), mirror, health, after);
    }

    /** A check that held before and does not any more, so that all of it goes back. */
    static String disappointed() {
        return """
                      verify:
                        - http.check: {url: "http://localhost/", contains: "lab-good 1.0", grace: 1s}
                """;
    }
}
