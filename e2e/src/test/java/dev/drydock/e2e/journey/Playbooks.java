package dev.drydock.e2e.journey;

/** The playbooks of the journeys, with times short enough for the lab. */
public final class Playbooks {
    private Playbooks() {}

    /** Security updates that are kept only when the shop still opens. */
    static String security(String name) {
        return header(name) + """
                  preflight:
                    - disk.free: {path: /var, atLeast: 100MiB}
                    - service.active: [nginx]
                  steps:
                    - name: Security updates
                      os.packages: {update: security}
                      timeout: 5m
                      rollbackTimeout: 5m
                      verify:
                        - http.check: {url: "http://localhost/", status: 200, contains: "The shop is open", grace: 3s}
                  verify:
                    - service.active: [nginx]
                """;
    }

    /** One of the lab's own packages. */
    static String packages(String name, String wanted, String timeout) {
        return header(name) + """
                  steps:
                    - name: Update
                      os.packages: {packages: [%s]}
                      timeout: %s
                      rollbackTimeout: 3m
                  verify:
                    - service.active: [nginx]
                """.formatted(wanted, timeout);
    }

    /**
     * As {@link #packages}, and then a check that held before and does not any more, so that all of it goes back.
     *
     * @param wanted {@code name} or {@code name=version}
     * @param installed the version of it that the host has
     */
    static String packagesThatDisappoint(String name, String wanted, String installed) {
        return header(name) + """
                  steps:
                    - name: Update
                      os.packages: {packages: ["%s"]}
                      timeout: 3m
                      rollbackTimeout: 3m
                      verify:
                        - command.check: {argv: [/usr/bin/grep, -qxF, "%s", /usr/share/%s/version], grace: 1s}
                """.formatted(wanted, installed, wanted.split("=", 2)[0]);
    }

    /** Its second step takes until {@code /run/go} is there, and leaves {@code done} in {@code /etc/lab-long}. */
    static String longRun(String name) {
        return header(name) + """
                  steps:
                    - name: Begin
                      file.put: {path: /etc/lab-long, content: "begun"}
                    - name: Take long
                      command.run:
                        argv: [/bin/sh, -c, "until test -e /run/go; do sleep 0.2; done; printf done >/etc/lab-long"]
                        undo: [/bin/true]
                      timeout: 10m
                """;
    }

    /**
     * @param names that the new certificate must be for
     * @param check a shell command that must hold afterwards
     */
    static String certificate(String name, String names, String check) {
        return header(name) + """
                  steps:
                    - name: The new certificate
                      certificate.renew:
                        certificate: /etc/ssl/site/fullchain.pem
                        key: /etc/ssl/site/key.pem
                        fromCertificate: /root/new/fullchain.pem
                        fromKey: /root/new/key.pem
                        names: %s
                        reload: nginx
                        port: 443
                  verify:
                    - certificate.check: {port: 443, names: %s, goodFor: 15d}
                    - command.check: {argv: [/bin/sh, -c, "%s"], grace: 2s}
                """.formatted(names, names, check);
    }

    /**
     * A certificate that an ACME client renews, served on port 443.
     *
     * @param acme the client, as in {@code certificate.renew}
     * @param check a shell command that must hold afterwards
     */
    static String acme(String name, String certificate, String key, String acme, String site, String check) {
        return header(name) + """
                  steps:
                    - name: The certificate, by its ACME client
                      certificate.renew:
                        certificate: %s
                        key: %s
                        acme: %s
                        names: %s
                        reload: nginx
                        port: 443
                  verify:
                    - certificate.check: {port: 443, names: %s, goodFor: 15d}
                    - command.check: {argv: [/bin/sh, -c, "%s"], grace: 2s}
                """.formatted(certificate, key, acme, site, site, check);
    }

    public static String header(String name) {
        return header(name, "debian");
    }

    /** @param family {@code debian}, {@code rhel} or {@code suse} */
    static String header(String name, String family) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata:
                  name: %s
                  description: A journey of the lab
                  maintenance: preventive
                spec:
                  hosts: host.os.family == "%s"
                """.formatted(name, family);
    }
}
