package dev.drydock.cli.assess;

import com.google.protobuf.Timestamp;
import dev.drydock.cli.bootstrap.Family;
import dev.drydock.proto.facts.v1.Cpu;
import dev.drydock.proto.facts.v1.Filesystem;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code assess.sh} printed, as facts. Pure; what cannot be understood is left out.
 *
 * @param facts without name and labels; without packages where they could not be read
 * @param troubles what could not be read, in the host's words
 */
record AssessReading(Host facts, List<String> troubles) {
    private static final int LONGEST = 300;

    static AssessReading parse(String output) {
        Map<String, String> one = new HashMap<>();
        Map<String, List<String>> several = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && line.substring(0, equals).matches("[a-z_]+")) {
                String value = line.substring(equals + 1).strip();
                String key = line.substring(0, equals);
                one.put(key, value);
                several.computeIfAbsent(key, any -> new ArrayList<>())
                        .add(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
            }
        });
        Host.Builder facts = Host.newBuilder()
                .setOs(os(one))
                .setKernel(one.getOrDefault("kernel", ""))
                .setMemoryBytes(number(one, "memory") * 1024)
                .setCpu(Cpu.newBuilder().setCount((int) Math.min(number(one, "cpus"), 100_000)))
                .setRoot("/");
        if (number(one, "booted") > 0) {
            facts.setBootedAt(time(number(one, "booted")));
        }
        several.getOrDefault("filesystem", List.of())
                .forEach(text -> filesystem(text).ifPresent(facts::addFilesystems));
        if (one.getOrDefault("read", "").equals("yes")) {
            facts.setPackages(packages(one, several));
        }
        if (one.getOrDefault("reboot", "").equals("yes")) {
            facts.setReboot(
                    RebootRequired.newBuilder().setRequired(true).addAllBy(words(one.getOrDefault("reboot_by", ""))));
        }
        return new AssessReading(facts.build(), List.copyOf(several.getOrDefault("trouble", List.of())));
    }

    /** The script came to its end. */
    static boolean isWhole(String output) {
        return output.lines().anyMatch("end=yes"::equals);
    }

    private static Os os(Map<String, String> told) {
        String family = Family.of(
                        told.getOrDefault("os_id", ""),
                        told.getOrDefault("os_like", ""),
                        Set.copyOf(words(told.getOrDefault("tools", ""))))
                .map(known -> switch (known) {
                    case DEB -> "debian";
                    case DNF -> "rhel";
                    case ZYPPER -> "suse";
                })
                .orElse("");
        return Os.newBuilder()
                .setFamily(family)
                .setId(told.getOrDefault("os_id", ""))
                .setVersion(told.getOrDefault("os_version", ""))
                .setCodename(told.getOrDefault("os_codename", ""))
                .setArch(told.getOrDefault("arch", ""))
                .setPrettyName(told.getOrDefault("os_name", ""))
                .build();
    }

    private static Packages packages(Map<String, String> one, Map<String, List<String>> several) {
        List<PendingUpdate> pending = new ArrayList<>();
        several.getOrDefault("update", List.of()).forEach(text -> apt(text).ifPresent(pending::add));
        pending.addAll(RpmUpdates.of(several));
        List<String> rpms = several.getOrDefault("rpm", List.of());
        Packages.Builder packages = Packages.newBuilder()
                .setManager(one.getOrDefault("manager", ""))
                .setInstalled(rpms.isEmpty() ? (int) Math.min(number(one, "installed"), 1_000_000) : rpms.size())
                .addAllPending(pending)
                .setPendingSecurity((int)
                        pending.stream().filter(PendingUpdate::getSecurity).count());
        if (number(one, "refreshed") > 0) {
            packages.setRefreshedAt(time(number(one, "refreshed")));
        }
        return packages.build();
    }

    /** {@code NAME|ARCH|INSTALLED|AVAILABLE|ORIGINS}; it is a security update when one of its origins says so. */
    private static Optional<PendingUpdate> apt(String text) {
        String[] part = text.split("\\|", 5);
        return part.length < 5
                ? Optional.empty()
                : Optional.of(PendingUpdate.newBuilder()
                        .setName(part[0])
                        .setArch(part[1])
                        .setInstalledVersion(part[2])
                        .setAvailableVersion(part[3])
                        .setOrigin(part[4])
                        .setSecurity(part[4].contains("ecurity"))
                        .build());
    }

    private static Optional<Filesystem> filesystem(String text) {
        String[] part = text.split("\\|", 4);
        return part.length < 4 || !part[2].matches("\\d{1,15}") || !part[3].matches("\\d{1,3}%")
                ? Optional.empty()
                : Optional.of(Filesystem.newBuilder()
                        .setMount(part[0])
                        .setType(part[1])
                        .setSizeBytes(Long.parseLong(part[2]) * 1024)
                        .setUsedPercent(Integer.parseInt(part[3].substring(0, part[3].length() - 1)))
                        .build());
    }

    private static List<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(text.split(" +")));
        words.remove("");
        return words.stream().sorted().toList();
    }

    private static long number(Map<String, String> told, String key) {
        String text = told.getOrDefault(key, "");
        return text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }

    private static Timestamp time(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }
}
