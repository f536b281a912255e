package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What programs and pages tell somebody to type next is a command that there is. */
class NextStepsTest {
    private static final List<String> SOURCES =
            List.of("agent/src/main/java", "controller/src/main/java", "controller/src/main/jte", "cli/src/main/java");
    private static final Pattern CALL = Pattern.compile("\\bdrydock (?<words>[a-z-]+(?: [a-z-]+)*)");

    private final CommandLine commands = dev.drydock.cli.Main.commands();

    @Test
    void everyCommandThatIsToldIsThere() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(Repository.root().resolve(source))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    Matcher call = CALL.matcher(Files.readString(file));
                    while (call.find()) {
                        List<String> words = List.of(call.group("words").split(" "));
                        seen += commands.getSubcommands().containsKey(words.getFirst()) ? 1 : 0;
                        if (!isThere(words)) {
                            wrong.add(Repository.root().relativize(file) + ": " + call.group());
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(200);
    }

    /** Of words behind {@code drydock} that begin with none of its commands nothing is said: they are no call. */
    private boolean isThere(List<String> words) {
        CommandLine command = commands.getSubcommands().get(words.getFirst());
        for (String word : words.subList(1, words.size())) {
            if (command == null || command.getSubcommands().isEmpty()) {
                return true;
            }
            CommandLine verb = command.getSubcommands().get(word);
            if (verb == null) {
                // What it does not know itself it hands on to another program, or it is wrong.
                return !command.getCommandSpec().unmatchedArgsBindings().isEmpty();
            }
            command = verb;
        }
        return true;
    }
}
