package dev.drydock.controller.playbook;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people name a playbook: {@code web-monthly} (the newest) or {@code web-monthly@7}.
 *
 * @param version empty: the newest
 */
record PlaybookReference(String name, OptionalInt version) {
    private static final Pattern FORM = Pattern.compile("([^@]+)(?:@([1-9][0-9]{0,8}))?");

    /** @throws IllegalArgumentException for text of another form */
    static PlaybookReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "playbook: '" + text + "' is no reference; write a name such as web-monthly, or web-monthly@7");
        }
        String version = matcher.group(2);
        return new PlaybookReference(
                matcher.group(1), version == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(version)));
    }
}
