package dev.drydock.controller.agents;

import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Facts whose words are the same objects on all hosts: names and versions of packages are most of what is kept of a fleet, and few of
 * them are of one host alone. Thread-safe.
 */
public final class SharedFacts {
    /** Agents say what they want: what is kept of it has an end. */
    private static final int MOST_WORDS = 500_000;

    private static final int LONGEST = 200;

    private final Map<String, String> words = new ConcurrentHashMap<>();

    /** Equal to what was given. */
    public Host of(Host facts) {
        if (facts.getPackages().getPendingCount() == 0) {
            return facts;
        }
        Packages.Builder packages = facts.getPackages().toBuilder().clearPending();
        facts.getPackages().getPendingList().forEach(update -> packages.addPending(of(update)));
        return facts.toBuilder().setPackages(packages).build();
    }

    private PendingUpdate of(PendingUpdate update) {
        return update.toBuilder()
                .setName(word(update.getName()))
                .setArch(word(update.getArch()))
                .setInstalledVersion(word(update.getInstalledVersion()))
                .setAvailableVersion(word(update.getAvailableVersion()))
                .setOrigin(word(update.getOrigin()))
                .setSource(word(update.getSource()))
                .build();
    }

    private String word(String word) {
        if (word.length() > LONGEST) {
            return word;
        }
        if (words.size() > MOST_WORDS) {
            words.clear();
        }
        return words.computeIfAbsent(word, own -> own);
    }
}
