package dev.drydock.playbooks.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict JSON (RFC 8259): UTF-8, unique keys, no trailing data, finite numbers, bounded size and depth. Stops at the first
 * thing that is wrong, since JSON here is always written by a program.
 */
public final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private int next;
    private int depth;
    private int counted;
    private int line = 1;
    private int lineStart;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @param maxBytes a longer input is refused unread */
    public static Node read(byte[] json, int maxBytes) throws SyntaxException {
        if (json.length > maxBytes) {
            throw new SyntaxException(
                    Position.START, "has " + json.length + " bytes, at most " + maxBytes + " are allowed");
        }
        JsonReader reader = new JsonReader(Utf8.decode(json));
        Node root = reader.value();
        reader.skipSpace();
        if (reader.next < reader.text.length()) {
            throw reader.wrong("nothing more");
        }
        return root;
    }

    private Node value() throws SyntaxException {
        skipSpace();
        Position at = position();
        if (next == text.length()) {
            throw wrong("a value");
        }
        return switch (text.charAt(next)) {
            case '{' -> object(at);
            case '[' -> array(at);
            case '"' -> new Node.Scalar(at, string(), Optional.empty());
            case 't' -> literal(at, "true", true);
            case 'f' -> literal(at, "false", false);
            case 'n' -> throw new SyntaxException(at, "null is not allowed");
            default -> number(at);
        };
    }

    private Node object(Position at) throws SyntaxException {
        enter(at);
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        if (!endsEmpty('}')) {
            do {
                skipSpace();
                Position keyAt = position();
                if (next == text.length() || text.charAt(next) != '"') {
                    throw wrong("a key in double quotes");
                }
                String key = string();
                expect(':');
                if (entries.put(key, new Node.Entry(keyAt, value())) != null) {
                    throw new SyntaxException(keyAt, "duplicate key '" + key + "'");
                }
            } while (more('}'));
        }
        depth--;
        return new Node.Mapping(at, entries);
    }

    private Node array(Position at) throws SyntaxException {
        enter(at);
        List<Node> items = new ArrayList<>();
        if (!endsEmpty(']')) {
            do {
                items.add(value());
            } while (more(']'));
        }
        depth--;
        return new Node.Sequence(at, items);
    }

    private void enter(Position at) throws SyntaxException {
        next++;
        if (++depth > Limits.MAX_DEPTH) {
            throw new SyntaxException(at, "nested more than " + Limits.MAX_DEPTH + " levels deep");
        }
    }

    private boolean endsEmpty(char end) {
        skipSpace();
        if (next < text.length() && text.charAt(next) == end) {
            next++;
            return true;
        }
        return false;
    }

    private boolean more(char end) throws SyntaxException {
        skipSpace();
        if (next < text.length() && text.charAt(next) == ',') {
            next++;
            return true;
        }
        expect(end);
        return false;
    }

    private void expect(char wanted) throws SyntaxException {
        skipSpace();
        if (next == text.length() || text.charAt(next) != wanted) {
            throw wrong("'" + wanted + "'");
        }
        next++;
    }

    private Node literal(Position at, String word, boolean value) throws SyntaxException {
        if (!text.startsWith(word, next)) {
            throw wrong(word);
        }
        next += word.length();
        return new Node.Scalar(at, value, Optional.empty());
    }

    private Node number(Position at) throws SyntaxException {
        Matcher matcher = NUMBER.matcher(text).region(next, text.length());
        if (!matcher.lookingAt()) {
            throw wrong("a value");
        }
        next = matcher.end();
        return new Node.Scalar(at, PlainScalars.number(at, matcher.group()), Optional.empty());
    }

    private String string() throws SyntaxException {
        Position at = position();
        StringBuilder out = new StringBuilder();
        for (next++; next < text.length(); next++) {
            char c = text.charAt(next);
            if (c == '"') {
                next++;
                if (!Utf8.encodable(out.toString())) {
                    throw new SyntaxException(at, "the text has half of a surrogate pair");
                }
                return out.toString();
            }
            if (c < ' ') {
                throw wrong("no control character inside a text");
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw wrong("'\"'");
    }

    private char escape() throws SyntaxException {
        next++;
        char c = next < text.length() ? text.charAt(next) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw wrong("an escape that JSON knows");
        };
    }

    private char hex() throws SyntaxException {
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            char c = next + i < text.length() ? text.charAt(next + i) : ' ';
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        next += 4;
        return (char) code;
    }

    private void skipSpace() {
        while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
    }

    private SyntaxException wrong(String expected) {
        String found = next < text.length() ? "'" + text.charAt(next) + "'" : "the end";
        return new SyntaxException(position(), "not valid JSON: expected " + expected + ", found " + found);
    }

    /** Of {@code next}; lines are counted on from where the last call stopped. */
    private Position position() {
        while (counted < next) {
            if (text.charAt(counted) == '\n') {
                line++;
                lineStart = counted + 1;
            }
            counted++;
        }
        return new Position(line, next - lineStart + 1);
    }
}
