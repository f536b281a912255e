package dev.drydock.agent.facts;

import dev.drydock.agent.host.OsRelease;
import dev.drydock.proto.facts.v1.Os;

/** Which system it is. Pure. */
final class OsFacts {
    private OsFacts() {}

    /** @param arch of this machine, as Java calls it */
    static Os of(OsRelease release, String arch) {
        return Os.newBuilder()
                .setFamily(release.family())
                .setId(release.id())
                .setVersion(release.field("VERSION_ID"))
                .setCodename(release.field("VERSION_CODENAME"))
                .setArch(arch.equals("aarch64") ? "arm64" : arch)
                .setPrettyName(release.field("PRETTY_NAME"))
                .build();
    }
}
