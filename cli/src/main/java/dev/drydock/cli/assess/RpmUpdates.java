package dev.drydock.cli.assess;

import dev.drydock.proto.facts.v1.PendingUpdate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What dnf and zypper have on offer, put together with what rpm has installed. */
final class RpmUpdates {
    private RpmUpdates() {}

    /**
     * @param told {@code available}: NAME.ARCH|VERSION|REPOSITORY; {@code rpm}: NAME.ARCH|VERSION; {@code security}: NAME.ARCH
     *     (zypper) or NAME-VERSION.ARCH (dnf)
     */
    static List<PendingUpdate> of(Map<String, List<String>> told) {
        Map<String, String> installed = new HashMap<>();
        told.getOrDefault("rpm", List.of()).forEach(text -> {
            String[] part = text.split("\\|", 2);
            if (part.length == 2) {
                installed.put(part[0], part[1]);
            }
        });
        Set<String> security = new HashSet<>(told.getOrDefault("security", List.of()));
        return told.getOrDefault("available", List.of()).stream()
                .map(text -> text.split("\\|", 3))
                .filter(part -> part.length == 3 && part[0].lastIndexOf('.') > 0)
                .map(part -> update(part[0], part[1], part[2], installed, security))
                .toList();
    }

    private static PendingUpdate update(
            String nameAndArch,
            String version,
            String repository,
            Map<String, String> installed,
            Set<String> security) {
        int dot = nameAndArch.lastIndexOf('.');
        String name = nameAndArch.substring(0, dot);
        String arch = nameAndArch.substring(dot + 1);
        String withoutEpoch = version.replaceFirst("^\\d+:", "");
        return PendingUpdate.newBuilder()
                .setName(name)
                .setArch(arch)
                .setInstalledVersion(installed.getOrDefault(nameAndArch, ""))
                .setAvailableVersion(version)
                .setOrigin(repository)
                .setSecurity(security.contains(nameAndArch)
                        || security.contains(name + "-" + withoutEpoch + "." + arch)
                        || security.contains(name + "-" + version + "." + arch))
                .build();
    }
}
