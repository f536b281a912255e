package dev.drydock.e2e.journey;

import dev.drydock.e2e.lab.LabHost;

/** A fault that comes with the new version of a package, and only with it: apt calls it whenever dpkg has run. */
final class PackageFault {
    private static final String HOOK = "/etc/apt/apt.conf.d/99lab-fault";
    private static final String FAULT = "/usr/local/sbin/lab-fault";

    private PackageFault() {}

    /** @param fault shell commands */
    static void onceNewer(LabHost host, String aPackage, String fault) {
        host.put(HOOK, "DPkg::Post-Invoke {\"" + FAULT + "\";};\n", 0644);
        host.put(
                FAULT,
                "#!/bin/sh\n[ \"$(dpkg-query -W -f '${Version}' " + aPackage + ")\" = '" + host.version(aPackage)
                        + "' ] && exit 0\n" + fault + "\n",
                0755);
    }

    static void clear(LabHost host) {
        host.sh("rm -f " + HOOK + " " + FAULT);
    }
}
