package dev.drydock.agent.backup;

import dev.drydock.agent.host.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Those extended attributes of a file that a backup has to give back: users' own, ACLs and capabilities. Others belong to the host's
 * kernel or to the file system that a file lies on (labels of SELinux, integrity, compression) and are made anew where it is restored.
 *
 * @param digests of the values, by name
 */
record KeptAttributes(Map<String, String> digests) {
    static final KeptAttributes NONE = new KeptAttributes(Map.of());

    private static final String NOTHING = "-";
    private static final String ACL = "system.posix_acl_access";
    private static final String DEFAULT_ACL = "system.posix_acl_default";
    private static final String CAPABILITIES = "security.capability";
    private static final Set<String> KEPT = Set.of(ACL, DEFAULT_ACL, CAPABILITIES);
    private static final int DIGITS = 16;

    KeptAttributes {
        digests = Map.copyOf(digests);
    }

    /** @param path absolute; its bytes */
    static KeptAttributes of(byte[] path) throws IOException {
        return of(ExtendedAttributes.of(path));
    }

    static KeptAttributes of(Map<String, byte[]> all) {
        Map<String, String> digests = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith("user.") || KEPT.contains(name)) {
                digests.put(name, Digests.sha256(value).substring(0, DIGITS));
            }
        });
        return new KeptAttributes(digests);
    }

    /** One word of a line. */
    String text() {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(digests)
                .forEach((name, digest) ->
                        parts.add(RawPath.encode(name.getBytes(StandardCharsets.ISO_8859_1)) + "=" + digest));
        return parts.isEmpty() ? NOTHING : String.join(",", parts);
    }

    static KeptAttributes parse(String text) {
        Map<String, String> digests = new TreeMap<>();
        if (!text.equals(NOTHING)) {
            Arrays.stream(text.split(",")).forEach(part -> {
                String[] pair = part.split("=", 2);
                digests.put(new String(RawPath.bytes(pair[0]), StandardCharsets.ISO_8859_1), pair[pair.length - 1]);
            });
        }
        return new KeptAttributes(digests);
    }

    /** How those of a restored file differ, for people; empty when they are equal. */
    String difference(KeptAttributes restored) {
        Set<String> names = new TreeSet<>(digests.keySet());
        names.addAll(restored.digests.keySet());
        for (String name : names) {
            String expected = digests.getOrDefault(name, "");
            String found = restored.digests.getOrDefault(name, "");
            if (!expected.equals(found)) {
                return (found.isEmpty() ? "has lost its " : expected.isEmpty() ? "has got an " : "has another ")
                        + people(name);
            }
        }
        return "";
    }

    private static String people(String name) {
        return switch (name) {
            case ACL -> "access control list";
            case DEFAULT_ACL -> "default access control list";
            default -> "extended attribute " + name;
        };
    }
}
