package dev.drydock.controller.api.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of {@code google.api.http}: {@code /v1/rollouts/{name}:pause}. Variables are whole segments, the only kind that the API uses.
 *
 * @param text as it is in the definition
 * @param variables paths of fields, in order
 */
record PathTemplate(String text, List<String> variables, Pattern pattern) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_.]+)}");
    private static final Pattern WHOLE = Pattern.compile("(/([A-Za-z0-9._-]+|\\{[a-z0-9_.]+}))+(:[A-Za-z]+)?");

    /** @throws IllegalArgumentException when it is not of that kind */
    static PathTemplate parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no path that REST serves: variables are whole segments");
        }
        List<String> variables = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            variables.add(matcher.group(1));
            regex.append(Pattern.quote(text.substring(end, matcher.start()))).append("([^/]+)");
            end = matcher.end();
        }
        regex.append(Pattern.quote(text.substring(end)));
        return new PathTemplate(text, List.copyOf(variables), Pattern.compile(regex.toString()));
    }

    /** Whether it ends with a verb: it is asked before those that would take the verb for a part of a name. */
    boolean hasVerb() {
        return text.lastIndexOf(':') > text.lastIndexOf('/');
    }

    /**
     * Matches a path as it was sent, so that an encoded slash or colon is part of a name.
     *
     * @return the variables, decoded
     * @throws BadTextException when one is not UTF-8
     */
    Optional<Map<String, String>> match(String rawPath) throws BadTextException {
        Matcher matcher = pattern.matcher(rawPath);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), Utf8.percentDecoded(matcher.group(i + 1), false));
        }
        return Optional.of(values);
    }
}
