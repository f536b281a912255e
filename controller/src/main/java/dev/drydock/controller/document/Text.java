package dev.drydock.controller.document;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;

/** What texts that others wrote may hold in a document. */
final class Text {
    private static final String UNSHOWN = "\uFFFD";

    /** What PDF's own fonts show (ISO 32000-1, annex D: WinAnsiEncoding). */
    private static final Charset STANDARD_FONTS = Charset.forName("windows-1252");

    private Text() {}

    /**
     * Without what no XML 1.0 document may hold (section 2.2), what controls a terminal, and what turns the direction of writing
     * (Unicode's bidirectional formats), by which one name could look like another.
     */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (allowed(c)) {
                clean.appendCodePoint(c);
            } else {
                clean.append(UNSHOWN);
            }
        });
        return clean.toString();
    }

    private static boolean allowed(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return true;
        }
        boolean turns = c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2060 && c <= 0x206F;
        return c >= 0x20 && c < 0x7F
                || c >= 0xA0 && c <= 0xD7FF && !turns
                || c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF
                || c >= 0x10000;
    }

    /** With a sign for each character that PDF's own fonts cannot show: {@code [U+4E2D]}, so that no two names look the same. */
    static String shown(String text) {
        CharsetEncoder fonts = STANDARD_FONTS.newEncoder();
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == 0xA0) {
                shown.append(' ');
            } else if (c != 0xAD && Character.isBmpCodePoint(c) && fonts.canEncode((char) c)) {
                shown.append((char) c);
            } else {
                shown.append(String.format(Locale.ROOT, "[U+%04X]", c));
            }
        });
        return shown.toString();
    }

    /** At most so many characters; the last of them says that there were more. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }
}
