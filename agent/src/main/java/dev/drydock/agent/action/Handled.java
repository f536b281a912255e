package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.middleware.Instance;
import dev.drydock.playbooks.middleware.Variant;
import java.util.List;
import java.util.Optional;

/**
 * A piece of middleware as a step handles it, as it is journaled: a profile that is changed meanwhile does not change the way back.
 *
 * @param updated whether its packages change; else it only serves by what does, and is reloaded
 */
record Handled(
        String label,
        boolean updated,
        List<String> services,
        List<String> configuration,
        List<List<String>> configTest,
        List<List<String>> same,
        List<List<String>> probe,
        Optional<Variant.Data> data) {
    private static final String ARGV = "argv";

    static Handled of(Instance instance, boolean updated) {
        Variant variant = instance.variant();
        return new Handled(
                instance.label(),
                updated,
                variant.services(),
                variant.configuration(),
                variant.configTest(),
                variant.same(),
                variant.probe(),
                updated ? variant.data() : Optional.empty());
    }

    Struct toStruct() {
        Structs structs = new Structs()
                .put("label", label)
                .put("updated", updated)
                .putStrings("services", services)
                .putStrings("configuration", configuration)
                .putStructs("configTest", commands(configTest))
                .putStructs("same", commands(same))
                .putStructs("probe", commands(probe));
        data.ifPresent(kept -> structs.putStrings("directories", kept.directories())
                .put("engine", kept.engine().orElse("")));
        return structs.build();
    }

    static Handled of(Struct struct) {
        List<String> directories = Structs.strings(struct, "directories");
        return new Handled(
                Structs.string(struct, "label"),
                Structs.flag(struct, "updated"),
                Structs.strings(struct, "services"),
                Structs.strings(struct, "configuration"),
                commands(struct, "configTest"),
                commands(struct, "same"),
                commands(struct, "probe"),
                directories.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Variant.Data(
                                directories,
                                Optional.of(Structs.string(struct, "engine")).filter(e -> !e.isEmpty()))));
    }

    private static List<Struct> commands(List<List<String>> commands) {
        return commands.stream()
                .map(argv -> new Structs().putStrings(ARGV, argv).build())
                .toList();
    }

    private static List<List<String>> commands(Struct struct, String key) {
        return Structs.structs(struct, key).stream()
                .map(command -> Structs.strings(command, ARGV))
                .toList();
    }
}
