package dev.drydock.agent.host.packages;

/** A package of one architecture; versions come and go, this stays. */
public record PackageId(String name, String arch) implements Comparable<PackageId> {
    /** {@code name:arch}, as both families of tools take it (apart from the separator). */
    @Override
    public String toString() {
        return name + ":" + arch;
    }

    @Override
    public int compareTo(PackageId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : arch.compareTo(other.arch);
    }
}
