package dev.drydock.playbooks.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the part of YAML that is data: one document, no tags, no anchors or aliases, no duplicate keys, all within
 * {@link Limits}. Nothing is ever constructed from what the file names. What YAML allows and this does not is reported with
 * its place, all of it at once; broken syntax ends the reading.
 */
public final class YamlReader {
    private final Parser events;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private int depth;

    private YamlReader(String text) {
        events = new ParserImpl(new StreamReader(text), new LoaderOptions());
    }

    /** The file's document. An empty file is an empty scalar. */
    public static Node read(byte[] file) throws SyntaxException {
        if (file.length > Limits.MAX_BYTES) {
            throw new SyntaxException(
                    Position.START,
                    "the file has " + file.length + " bytes, at most " + Limits.MAX_BYTES + " are allowed");
        }
        String text = Utf8.decode(file);
        YamlReader reader = new YamlReader(text);
        Node root;
        try {
            root = reader.document();
        } catch (MarkedYAMLException e) {
            throw reader.with(new SyntaxException(position(e.getProblemMark()), "not valid YAML: " + reason(e)));
        } catch (ReaderException e) {
            throw reader.with(new SyntaxException(
                    locate(text, e.getPosition()),
                    "not valid YAML: the control character U+%04X is not allowed".formatted(e.getCodePoint())));
        } catch (YAMLException e) {
            throw reader.with(new SyntaxException(Position.START, "not valid YAML: " + e.getMessage()));
        } catch (SyntaxException e) {
            throw reader.with(e);
        }
        if (!reader.problems.isEmpty()) {
            throw new SyntaxException(reader.sorted(List.of()), Optional.of(root));
        }
        return root;
    }

    private Node document() throws SyntaxException {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return new Node.Scalar(Position.START, null, Optional.empty());
        }
        events.getEvent();
        Node root = node("");
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            report(position(events.peekEvent().getStartMark()), "", "a second document begins here; a file holds one");
        }
        return root;
    }

    private Node node(String path) throws SyntaxException {
        Event event = events.getEvent();
        Position at = position(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            report(at, path, "aliases are not allowed (*" + alias.getAnchor() + "); write the value out");
            return new Node.Scalar(at, null, Optional.empty());
        }
        refuseAnchorAndTag(event, at, path);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at, path);
            case MappingStartEvent start -> nested(start, at, path);
            case SequenceStartEvent start -> nested(start, at, path);
            default -> throw new SyntaxException(at, "not valid YAML: unexpected " + event.getEventId());
        };
    }

    private void refuseAnchorAndTag(Event event, Position at, String path) {
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            report(
                    at,
                    path,
                    "anchors are not allowed (&" + node.getAnchor() + "); write the value out where it is used");
        }
        String tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent collection -> collection.getTag();
                    default -> null;
                };
        if (tag != null) {
            report(at, path, "tags are not allowed (" + tag.replace("tag:yaml.org,2002:", "!!") + "); remove it");
        }
    }

    private Node nested(CollectionStartEvent start, Position at, String path) throws SyntaxException {
        if (++depth > Limits.MAX_DEPTH) {
            throw new SyntaxException(
                    List.of(new SyntaxProblem(at, path, "nested more than " + Limits.MAX_DEPTH + " levels deep")));
        }
        Node node = start instanceof MappingStartEvent ? mapping(at, path) : sequence(at, path);
        depth--;
        return node;
    }

    private Node mapping(Position at, String path) throws SyntaxException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event event = events.peekEvent();
            Position keyAt = position(event.getStartMark());
            if (!(event instanceof ScalarEvent scalar)) {
                throw new SyntaxException(List.of(new SyntaxProblem(keyAt, path, "a key must be plain text")));
            }
            events.getEvent();
            refuseAnchorAndTag(scalar, keyAt, path);
            String key = scalar.getValue();
            requireEncodable(key, keyAt, path);
            Node.Entry first = entries.get(key);
            Node value = node(Paths.key(path, key));
            if (first == null) {
                entries.put(key, new Node.Entry(keyAt, value));
            } else {
                report(
                        keyAt,
                        Paths.key(path, key),
                        "duplicate key '" + key + "', first written on line "
                                + first.at().line());
            }
        }
        events.getEvent();
        return new Node.Mapping(at, entries);
    }

    private Node sequence(Position at, String path) throws SyntaxException {
        List<Node> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(Paths.item(path, items.size())));
        }
        events.getEvent();
        return new Node.Sequence(at, items);
    }

    private Node scalar(ScalarEvent event, Position at, String path) {
        String text = event.getValue();
        requireEncodable(text, at, path);
        if (!event.isPlain()) {
            return new Node.Scalar(at, text, literally(event, text, 1));
        }
        try {
            return new Node.Scalar(at, PlainScalars.value(at, text), literally(event, text, 0));
        } catch (SyntaxException e) {
            e.problems().forEach(problem -> report(problem.at(), path, problem.message()));
            return new Node.Scalar(at, text, Optional.empty());
        }
    }

    private void requireEncodable(String text, Position at, String path) {
        if (!Utf8.encodable(text)) {
            report(at, path, "the text has half of a surrogate pair, which no UTF-8 file can hold");
        }
    }

    private static Optional<Position> literally(ScalarEvent event, String text, int quotes) {
        Mark start = event.getStartMark();
        Mark end = event.getEndMark();
        boolean verbatim = start.getLine() == end.getLine()
                && end.getColumn() - start.getColumn() == text.codePointCount(0, text.length()) + 2 * quotes;
        return verbatim ? Optional.of(position(start).right(quotes)) : Optional.empty();
    }

    private void report(Position at, String path, String message) {
        problems.add(new SyntaxProblem(at, path, message));
    }

    private SyntaxException with(SyntaxException last) {
        return new SyntaxException(sorted(last.problems()));
    }

    private List<SyntaxProblem> sorted(List<SyntaxProblem> last) {
        List<SyntaxProblem> all = new ArrayList<>(problems);
        all.addAll(last);
        all.sort(Comparator.comparingInt((SyntaxProblem p) -> p.at().line()).thenComparingInt(p -> p.at().column()));
        return all;
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "unreadable" : e.getProblem();
        if (e.getContext() == null) {
            return problem;
        }
        Mark begun = e.getContextMark();
        boolean earlier = begun != null
                && e.getProblemMark() != null
                && begun.getLine() < e.getProblemMark().getLine();
        return e.getContext() + (earlier ? " that begins on line " + (begun.getLine() + 1) : "") + ", " + problem;
    }

    private static Position position(@Nullable Mark mark) {
        return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position locate(String text, int codePoints) {
        int line = 1;
        int column = 1;
        int seen = 0;
        for (int i = 0; i < text.length() && seen < codePoints; i += Character.charCount(text.codePointAt(i)), seen++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Position(line, column);
    }
}
