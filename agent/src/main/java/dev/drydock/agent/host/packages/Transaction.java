package dev.drydock.agent.host.packages;

import java.util.List;

/**
 * What the manager's own resolver would do. Never removes anything.
 *
 * @param changes sorted by package
 * @param heldBack names of packages with updates that were left alone because they are on hold
 */
public record Transaction(List<PackageChange> changes, List<String> heldBack) {
    public Transaction {
        changes = List.copyOf(changes);
        heldBack = List.copyOf(heldBack);
    }
}
