package dev.drydock.playbooks.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** What the types of parameters mean: which texts are values of a type, and what expressions see. */
public final class ParamTypes {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,14})");

    private ParamTypes() {}

    /**
     * The value that expressions see: Long for an integer, Boolean for a boolean, the text itself for all others. Empty when
     * the text is no value of the type.
     */
    public static Optional<Object> value(Param.Type type, String text) {
        return switch (type) {
            case STRING -> Optional.of(text);
            case INTEGER -> INTEGER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
            case BOOLEAN ->
                text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
            case PATH -> Optional.<Object>of(text).filter(path -> absolute(text));
            case DURATION -> Units.duration(text).map(duration -> text);
            case SIZE -> Units.bytes(text).map(bytes -> text);
        };
    }

    /** For messages: {@code expected} + this. */
    public static String expected(Param.Type type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER -> "a whole number of at most 15 digits";
            case BOOLEAN -> "true or false";
            case PATH -> "an absolute path without '..'";
            case DURATION -> "a duration such as 90s, 15m or 1h30m";
            case SIZE -> "a size such as 512MiB or 2GiB";
        };
    }

    private static boolean absolute(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
