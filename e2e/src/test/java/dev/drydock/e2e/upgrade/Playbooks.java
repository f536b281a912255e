package dev.drydock.e2e.upgrade;

/** The playbooks of the upgrade. */
final class Playbooks {
    /**
     * On a host that has the new package it waits until somebody lets it go, in a check, which begins anew when the agent does; and
     * goes back on one that is ill. Before the update both checks hold, and so they do after the way back.
     */
    static final String HELD = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: held}
            spec:
              steps:
                - name: Update
                  os.packages: {packages: [lab-ok]}
                  timeout: 20m
                  rollbackTimeout: 3m
                  verify:
                    - command.check:
                        argv: [/bin/sh, -c, "test -e /run/lab-go || ! grep -qx 2.0 /usr/share/lab-ok/version"]
                        grace: 15m
                    - command.check:
                        argv: [/bin/sh, -c, "! test -e /run/lab-ill || ! grep -qx 2.0 /usr/share/lab-ok/version"]
                        grace: 1s
              verify:
                - service.active: [nginx]
            """;

    /** The first version does not know the check. */
    static final String NEWER = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: newer}
            spec:
              preflight:
                - file.permissions: {paths: [/etc/nginx]}
              steps:
                - name: Put
                  file.put: {path: /etc/lab-newer, content: "newer"}
            """;

    private Playbooks() {}
}
