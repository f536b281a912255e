package dev.drydock.controller.compliance.fleet;

import java.util.Comparator;

/** What hosts are counted together by; empty: by all. */
record GroupKey(String policy, String label, String value) implements Comparable<GroupKey> {
    static final GroupKey ALL = new GroupKey("", "", "");

    private static final Comparator<GroupKey> ORDER =
            Comparator.comparing(GroupKey::label).thenComparing(GroupKey::value).thenComparing(GroupKey::policy);

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
