package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code os.packages} needs for its way back, as it is journaled.
 *
 * @param configFiles those of the packages and what may lie beside them, as they were; those not named here were not there
 * @param automatic packages of the change that were installed for the sake of others
 * @param listing SHA-256 of the manager's listing, which is in a file of the step
 * @param integrity SHA-256 of what the manager found of changed files, likewise
 * @param proof in a line, that the way back was simulated
 * @param boot how the system could be booted
 */
record PackageUndo(
        List<PackageChange> changes,
        List<PackageFile> oldFiles,
        List<PackageFile> newFiles,
        List<KeptFile> configFiles,
        List<Kept> services,
        Set<PackageId> automatic,
        String listing,
        String integrity,
        String proof,
        BootProof.Before boot) {
    /** Of a change of no packages. */
    static final PackageUndo NOTHING = new PackageUndo(
            List.of(), List.of(), List.of(), List.of(), List.of(), Set.of(), "", "", "", BootProof.Before.NOTHING);

    PackageUndo {
        changes = List.copyOf(changes);
        oldFiles = List.copyOf(oldFiles);
        newFiles = List.copyOf(newFiles);
        configFiles = List.copyOf(configFiles);
        services = List.copyOf(services);
        automatic = Set.copyOf(automatic);
    }

    static Path newDir(Path workDir) {
        return workDir.resolve("new");
    }

    static Path oldDir(Path workDir) {
        return workDir.resolve("old");
    }

    static Path configDir(Path workDir) {
        return workDir.resolve("config");
    }

    PackageSets sets(Path workDir) {
        return new PackageSets(oldDir(workDir), oldFiles, newDir(workDir), newFiles);
    }

    /** Packages that were there before. */
    Set<PackageId> installedBefore() {
        return changes.stream().filter(c -> !c.isNew()).map(PackageChange::id).collect(Collectors.toSet());
    }

    List<String> activeServices() {
        return services.stream().filter(Kept::active).map(Kept::name).toList();
    }

    Struct toStruct() {
        return new Structs()
                .putStructs("changes", changes.stream().map(PackageUndo::struct).toList())
                .putStructs("old", oldFiles.stream().map(PackageUndo::struct).toList())
                .putStructs("new", newFiles.stream().map(PackageUndo::struct).toList())
                .putStructs(
                        "configFiles",
                        configFiles.stream().map(KeptFiles::struct).toList())
                .putStructs("services", services.stream().map(Kept::toStruct).toList())
                .putStrings(
                        "automatic",
                        automatic.stream().sorted().map(PackageId::toString).toList())
                .put("listing", listing)
                .put("integrity", integrity)
                .put("proof", proof)
                .put("boot", boot.toStruct())
                .build();
    }

    static PackageUndo of(Struct struct) {
        return new PackageUndo(
                Structs.structs(struct, "changes").stream()
                        .map(PackageUndo::change)
                        .toList(),
                Structs.structs(struct, "old").stream().map(PackageUndo::file).toList(),
                Structs.structs(struct, "new").stream().map(PackageUndo::file).toList(),
                Structs.structs(struct, "configFiles").stream()
                        .map(KeptFiles::of)
                        .toList(),
                Kept.all(struct, "services"),
                Structs.strings(struct, "automatic").stream()
                        .map(PackageUndo::id)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Structs.string(struct, "listing"),
                Structs.string(struct, "integrity"),
                Structs.string(struct, "proof"),
                BootProof.Before.of(Structs.struct(struct, "boot")));
    }

    private static Struct struct(PackageChange change) {
        return new Structs()
                .put("package", change.id().toString())
                .put("from", change.from())
                .put("to", change.to())
                .put("security", change.security())
                .put("origin", change.origin())
                .build();
    }

    private static PackageChange change(Struct struct) {
        return new PackageChange(
                id(Structs.string(struct, "package")),
                Structs.string(struct, "from"),
                Structs.string(struct, "to"),
                Structs.flag(struct, "security"),
                Structs.string(struct, "origin"));
    }

    private static Struct struct(PackageFile file) {
        return new Structs()
                .put("package", file.id().toString())
                .put("version", file.version())
                .put("file", file.file())
                .put("sha256", file.sha256())
                .put("source", file.source())
                .build();
    }

    private static PackageFile file(Struct struct) {
        return new PackageFile(
                id(Structs.string(struct, "package")),
                Structs.string(struct, "version"),
                Structs.string(struct, "file"),
                Structs.string(struct, "sha256"),
                Structs.string(struct, "source"));
    }

    private static PackageId id(String text) {
        int colon = text.lastIndexOf(':');
        return new PackageId(text.substring(0, colon), text.substring(colon + 1));
    }
}
