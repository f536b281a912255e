package dev.drydock.e2e.fleet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code drydock}, as a person or a script runs it, with a configuration of its own. */
public final class Cli {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Calls calls;
    private final Map<String, String> variables;

    Cli(Calls calls, Path config) {
        this(calls, Map.of("XDG_CONFIG_HOME", config.toString()));
    }

    private Cli(Calls calls, Map<String, String> variables) {
        this.calls = calls;
        this.variables = variables;
    }

    /** The same with one variable more in its environment. */
    public Cli with(String variable, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Cli(calls, more);
    }

    /** Runs it and expects that exit code; returns what it printed to standard output. */
    public String exits(int code, String... arguments) {
        return run(arguments).require(code).out().strip();
    }

    /** Runs it, expects that exit code, and returns what it printed to standard error. */
    public String complains(int code, String... arguments) {
        return run(arguments).require(code).err().strip();
    }

    public String ok(String... arguments) {
        return exits(0, arguments);
    }

    /** Reads {@code --output json} as the message that it is. */
    @SuppressWarnings("unchecked")
    public <M extends Message> M json(M type, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        Message.Builder builder = type.newBuilderForType();
        String text = ok(all.toArray(String[]::new));
        try {
            JsonFormat.parser().merge(text, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no JSON of " + type.getDescriptorForType().getFullName() + ": " + text, e);
        }
        return (M) builder.build();
    }

    /**
     * Runs what lasts as long as something is under way, whatever its outcome: one process that is told, where asking again and
     * again would take the processor from what is waited for.
     */
    public void follow(Duration atMost, String... arguments) {
        run(atMost, arguments);
    }

    private Programs.Result run(String... arguments) {
        return run(LIMIT, arguments);
    }

    private Programs.Result run(Duration limit, String... arguments) {
        return calls.drydock(limit, variables, List.of(arguments));
    }
}
