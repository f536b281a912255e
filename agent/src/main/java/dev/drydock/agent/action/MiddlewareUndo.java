package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.KeptFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code middleware.update} needs for its way back, as it is journaled.
 *
 * @param handled in the order in which services start
 * @param services of all that is handled, as they were
 * @param trees configuration as it was
 * @param health as it was
 */
record MiddlewareUndo(
        PackageUndo packages,
        List<Handled> handled,
        List<Kept> services,
        List<KeptFile> trees,
        MiddlewareHealth.Baseline health) {
    MiddlewareUndo {
        handled = List.copyOf(handled);
        services = List.copyOf(services);
        trees = List.copyOf(trees);
    }

    static Path treesDir(Path workDir) {
        return workDir.resolve("trees");
    }

    List<String> configuration() {
        return handled.stream()
                .flatMap(h -> h.configuration().stream())
                .distinct()
                .toList();
    }

    /** Those that packages' scripts must not start: the step does. */
    List<String> held() {
        return handled.stream().flatMap(h -> h.services().stream()).distinct().toList();
    }

    List<Kept> servicesOf(Handled which) {
        return services.stream()
                .filter(kept -> which.services().contains(kept.name()))
                .toList();
    }

    Struct toStruct() {
        return new Structs()
                .put("packages", packages.toStruct())
                .putStructs("handled", handled.stream().map(Handled::toStruct).toList())
                .putStructs("services", services.stream().map(Kept::toStruct).toList())
                .putStructs("trees", trees.stream().map(KeptFiles::struct).toList())
                .put("health", health.toStruct())
                .build();
    }

    static MiddlewareUndo of(Struct struct) {
        return new MiddlewareUndo(
                PackageUndo.of(Structs.struct(struct, "packages")),
                Structs.structs(struct, "handled").stream().map(Handled::of).toList(),
                Kept.all(struct, "services"),
                Structs.structs(struct, "trees").stream().map(KeptFiles::of).toList(),
                MiddlewareHealth.Baseline.of(Structs.struct(struct, "health")));
    }
}
