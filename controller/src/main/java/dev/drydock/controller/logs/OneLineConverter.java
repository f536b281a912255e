package dev.drydock.controller.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record says, as one line: lines are joined by its option, other control characters are shown as {@code ?}. Most records are one line
 * already, and are only looked through.
 */
public final class OneLineConverter extends CompositeConverter<ILoggingEvent> {
    private static final Pattern BREAK = Pattern.compile("\\s*[\\r\\n]+\\s*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int FIRST_PRINTED = 0x20;
    private static final int DELETE = 0x7f;

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return plain(text)
                ? withoutEnd(text)
                : CONTROL.matcher(withoutEnd(BREAK.matcher(text).replaceAll(between())))
                        .replaceAll("?");
    }

    private String between() {
        return Matcher.quoteReplacement(Objects.requireNonNullElse(getFirstOption(), " "));
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(one -> one < FIRST_PRINTED || one == DELETE);
    }

    /** What is left of an empty part. */
    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '|')) {
            end--;
        }
        return text.substring(0, end);
    }
}
