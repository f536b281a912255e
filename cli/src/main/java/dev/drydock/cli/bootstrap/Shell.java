package dev.drydock.cli.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Scripts that hosts run: files beside this class, for sh. */
public final class Shell {
    private Shell() {}

    /** One word of the shell, whatever is in it. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** @param variables that the script is given; none of them a secret */
    static String script(String name, Map<String, String> variables) {
        return script(Shell.class, name, variables);
    }

    /** @param beside the class that the file lies beside */
    public static String script(Class<?> beside, String name, Map<String, String> variables) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is not in the program");
            }
            String given = new TreeMap<>(variables)
                    .entrySet().stream()
                            .map(each -> each.getKey() + "=" + quote(each.getValue()) + "\n")
                            .collect(Collectors.joining());
            return given + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
