package dev.drydock.e2e.docs;

import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document with its fenced blocks. */
public record Page(Path path, List<String> lines, List<Block> blocks) {
    private static final Pattern JOURNEY =
            Pattern.compile("\\s*<!-- (?:journey: (?<name>[a-z-]+))? ?(?:file: (?<file>\\S+))? ?-->\\s*");
    private static final Pattern FENCE = Pattern.compile("(?<indent>\\s*)```(?<language>\\w*)\\s*");

    /**
     * @param language what stands behind the fence; empty: nothing
     * @param line of its first line of text, from 1
     * @param journey whose step it is; empty: of none
     * @param file that it is the content of; empty: commands
     */
    public record Block(String language, int line, List<String> text, String journey, String file) {}

    /** README.md and all of docs/, decisions aside: those tell of what was. */
    static List<Page> all() {
        Path root = Repository.root();
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md")
                                    .map(root::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path);
            return new Page(path, lines, blocks(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            Matcher journey = JOURNEY.matcher(i == 0 ? "" : lines.get(i - 1));
            boolean step = journey.matches();
            int first = i + 1;
            int indent = fence.group("indent").length();
            List<String> text = new ArrayList<>();
            for (i++; i < lines.size() && !lines.get(i).strip().equals("```"); i++) {
                String line = lines.get(i);
                text.add(line.substring(Math.min(indent, line.length())));
            }
            String name = step && journey.group("name") != null ? journey.group("name") : "";
            String file = step && journey.group("file") != null ? journey.group("file") : "";
            blocks.add(new Block(fence.group("language"), first + 1, text, name, file));
        }
        return blocks;
    }

    String name() {
        return Repository.root().relativize(path).toString();
    }
}
