package dev.drydock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The call of every day is read without picocli; it must come to what picocli makes of it. */
class RunCommandTest {
    private static final Main.Terminal NOWHERE = new Main.Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            InstantSource.system());

    @Provide
    Arbitrary<List<String>> calls() {
        Arbitrary<String> word = Arbitraries.of(
                "--data",
                "--config",
                "--root",
                "--facts-every",
                "--lists-every",
                "--log-level",
                "--help",
                "-h",
                "--data=x",
                "5m",
                "0s",
                "2h",
                "soon",
                "/srv/agent",
                "a b",
                "",
                "@file",
                "-",
                "'x'",
                "\"x\"",
                "${sys:user.home}",
                "debug");
        return word.list().ofMaxSize(6);
    }

    @Property(tries = 400)
    void whatIsReadWithoutPicocliIsWhatPicocliReads(@ForAll("calls") List<String> rest) {
        List<String> call = new ArrayList<>(List.of("run"));
        call.addAll(rest);

        RunCommand.plain(NOWHERE, call.toArray(String[]::new)).ifPresent(plain -> {
            RunCommand parsed = new RunCommand(NOWHERE);
            new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(rest.toArray(String[]::new));
            assertThat(chosen(plain)).isEqualTo(chosen(parsed));
        });
    }

    private static List<Object> chosen(RunCommand command) {
        return Arrays.asList(
                command.where.data, command.where.config, command.root, command.factsEvery, command.listsEvery);
    }

    @Example
    void theCallsOfEveryDayNeedNoPicocli() {
        assertThat(RunCommand.plain(NOWHERE, "run")).isPresent();
        assertThat(RunCommand.plain(NOWHERE, "run", "--data", "/srv/a", "--root", "/mnt", "--facts-every", "1m"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "run --help",
                "run --data",
                "run --data a --data b",
                "run --dance x",
                "run --facts-every soon",
                "run --facts-every 0s",
                "run --log-level debug",
                "run --data --root",
                "run @file x",
                "run --data @file"
            })
    void whatIsNotPlainIsLeftToPicocli(String call) {
        assertThat(RunCommand.plain(NOWHERE, call.isEmpty() ? new String[0] : call.split(" ", -1)))
                .isEmpty();
    }
}
