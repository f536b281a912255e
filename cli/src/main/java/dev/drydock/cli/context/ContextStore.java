package dev.drydock.cli.context;

import dev.drydock.cli.CliException;
import dev.drydock.cli.client.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The contexts in {@code config.yaml}, each beside its CA and its token file, all of mode 0600. The variables DRYDOCK_ADDRESS,
 * DRYDOCK_CA, DRYDOCK_TOKEN_FILE and DRYDOCK_CONTEXT win over the file; the first three together need no file.
 */
public final class ContextStore {
    private static final String NO_CONTEXT_YET =
            "Run drydock login --address HOST:PORT --ca ca.crt --token-file FILE, or set DRYDOCK_ADDRESS, DRYDOCK_CA and"
                    + " DRYDOCK_TOKEN_FILE.";

    private final Path folder;
    private final Map<String, String> variables;

    public ContextStore(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = Map.copyOf(variables);
    }

    public Path file() {
        return folder.resolve("config.yaml");
    }

    /**
     * The controller to talk to.
     *
     * @param name the context asked for; else DRYDOCK_CONTEXT, else that of the last login
     */
    public Target target(Optional<String> name) {
        Optional<String> wanted = name.or(() -> variable("DRYDOCK_CONTEXT"));
        Optional<Context> context = find(wanted);
        String label = context.map(Context::name).orElse("environment");
        String address = variable("DRYDOCK_ADDRESS")
                .or(() -> context.map(Context::address))
                .orElseThrow(() -> missing("DRYDOCK_ADDRESS"));
        Path ca = variable("DRYDOCK_CA")
                .map(Path::of)
                .or(() -> context.map(Context::ca))
                .orElseThrow(() -> missing("DRYDOCK_CA"));
        Path tokenFile = variable("DRYDOCK_TOKEN_FILE")
                .map(Path::of)
                .or(() -> context.map(Context::tokenFile))
                .orElseThrow(() -> missing("DRYDOCK_TOKEN_FILE"));
        return target(label, address, ca, readToken(tokenFile));
    }

    /** A target that is not in the file yet. */
    public static Target target(String name, String address, Path ca, String token) {
        Address parsed = Address.parse(address);
        return new Target(name, parsed.host(), parsed.port(), ca, token);
    }

    private Optional<Context> find(Optional<String> wanted) {
        Config config = read();
        Optional<String> name = wanted.or(config::current);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Context found = config.contexts().get(name.get());
        if (found == null) {
            String known = config.contexts().isEmpty()
                    ? NO_CONTEXT_YET
                    : "Known contexts: " + String.join(", ", config.contexts().keySet()) + ".";
            throw CliException.usage("There is no context '" + name.get() + "' in " + file() + ".", known);
        }
        return Optional.of(found);
    }

    /** Adds or replaces a context with copies of its CA and token, and makes it the current one. Returns its CA file. */
    public Context save(String name, String address, String caPem, String token) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw CliException.usage(
                    "'" + name + "' cannot name a context.", "Use letters, digits, '.', '_' and '-', 64 at most.");
        }
        Config config = read();
        Context context = new Context(name, address, folder.resolve(name + ".ca.crt"), folder.resolve(name + ".token"));
        Map<String, Context> all = new LinkedHashMap<>(config.contexts());
        all.put(name, context);
        try {
            PrivateFiles.folder(folder);
            PrivateFiles.write(context.ca(), caPem);
            PrivateFiles.write(context.tokenFile(), token + "\n");
            PrivateFiles.write(file(), yaml(name, all));
        } catch (IOException e) {
            throw CliException.failed(
                    "Cannot write the context to " + folder + ": " + e + ".",
                    "Check that the folder can be written, or set XDG_CONFIG_HOME to another.");
        }
        return context;
    }

    private String readToken(Path tokenFile) {
        try {
            String token = Files.readString(tokenFile).strip();
            if (token.isEmpty()) {
                throw CliException.failed("The token file " + tokenFile + " is empty.", "Run drydock login again.");
            }
            return token;
        } catch (IOException e) {
            throw CliException.failed(
                    "Cannot read the token file " + tokenFile + ": " + e + ".",
                    "Check its path and mode, or run drydock login again.");
        }
    }

    private Config read() {
        if (!Files.exists(file())) {
            return new Config(Optional.empty(), Map.of());
        }
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file()));
            if (root instanceof Map<?, ?> map && map.get("contexts") instanceof Map<?, ?> entries) {
                Map<String, Context> contexts = new LinkedHashMap<>();
                entries.forEach((name, entry) -> contexts.put(String.valueOf(name), context(name, entry)));
                return new Config(Optional.ofNullable(map.get("current")).map(String::valueOf), contexts);
            }
            throw broken("it has no 'contexts'");
        } catch (IOException | YAMLException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private Context context(Object name, Object entry) {
        if (!(entry instanceof Map<?, ?> fields)) {
            throw broken("context '" + name + "' is not a map");
        }
        return new Context(
                String.valueOf(name),
                field(name, "address", fields.get("address")),
                folder.resolve(field(name, "ca", fields.get("ca"))),
                folder.resolve(field(name, "tokenFile", fields.get("tokenFile"))));
    }

    private String field(Object name, String field, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw broken("context '" + name + "' has no '" + field + "'");
    }

    private CliException broken(String why) {
        return CliException.failed(
                "Cannot use " + file() + ": " + why + ".", "Mend it, or delete it and run drydock login again.");
    }

    private CliException missing(String variable) {
        return CliException.usage(
                "No controller is set: there is no context in " + file() + ", and " + variable + " is not set.",
                NO_CONTEXT_YET);
    }

    private String yaml(String current, Map<String, Context> contexts) {
        Map<String, Object> entries = new LinkedHashMap<>();
        contexts.forEach((name, context) -> {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("address", context.address());
            fields.put("ca", relative(context.ca()));
            fields.put("tokenFile", relative(context.tokenFile()));
            entries.put(name, fields);
        });
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("current", current);
        root.put("contexts", entries);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(new Representer(options), options).dump(root);
    }

    private String relative(Path path) {
        return path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    private record Config(Optional<String> current, Map<String, Context> contexts) {}
}
