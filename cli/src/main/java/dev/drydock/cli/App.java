package dev.drydock.cli;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Target;
import dev.drydock.cli.context.ContextStore;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One call of the program: its environment, its global options, and the connection if it needs one. One thread. */
public final class App implements AutoCloseable {
    private final Environment environment;
    private final GlobalOptions options = new GlobalOptions();
    private @Nullable Api api;

    public App(Environment environment) {
        this.environment = environment;
    }

    public Environment environment() {
        return environment;
    }

    GlobalOptions options() {
        return options;
    }

    /** The connection to the context's controller; opened by the first call. */
    public Api api() {
        Api open = api;
        if (open == null) {
            open = connect(contexts().target(Optional.ofNullable(options.context)));
        }
        return open;
    }

    /** Connects to this controller instead of the context's. */
    public Api connect(Target target) {
        Api open = new Api(environment.channels().open(target), target);
        api = open;
        return open;
    }

    /** The controller that {@link #api} talks to, where it has been opened. */
    Optional<Target> connectedTo() {
        return Optional.ofNullable(api).map(Api::target);
    }

    /** What --context says. */
    public Optional<String> contextOption() {
        return Optional.ofNullable(options.context);
    }

    public ContextStore contexts() {
        Path base = environment
                .variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.variable("HOME").orElse("."), ".config"));
        return new ContextStore(base.resolve("drydock"), environment.variables());
    }

    public Output output() {
        return new Output(
                environment.out(),
                environment.err(),
                options.output,
                options.quiet,
                paint(environment.terminal().output()),
                width(),
                times());
    }

    public Times times() {
        return new Times(environment.clock(), options.utc);
    }

    /** Colours where the stream is a terminal and neither NO_COLOR nor TERM=dumb objects. */
    public Paint paint(boolean terminal) {
        boolean dumb = environment.variable("TERM").filter("dumb"::equals).isPresent();
        return terminal && !dumb && environment.variable("NO_COLOR").isEmpty() ? Paint.ANSI : Paint.PLAIN;
    }

    private OptionalInt width() {
        return environment.terminal().output()
                ? OptionalInt.of(environment.terminal().size().columns())
                : OptionalInt.empty();
    }

    /**
     * Asks before something that cannot be taken back.
     *
     * @throws CliException when the answer is not yes, or there is nobody to ask
     */
    public void confirm(boolean yes, String question) {
        if (yes) {
            return;
        }
        if (!environment.terminal().input() || !environment.terminal().error()) {
            throw CliException.usage(
                    "This needs a yes, and there is no terminal to ask on: " + question,
                    "Give --yes to do it without asking.");
        }
        // What is asked about has to be on the screen first.
        environment.out().flush();
        environment.err().print(question + " [y/N] ");
        environment.err().flush();
        String answer = readLine().strip();
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw CliException.refused("Not done: the answer was no.", "");
        }
    }

    /**
     * Something that nobody may see: typed without echo, or the next line of standard input.
     *
     * @param option by which it can be given otherwise
     * @throws CliException there is nobody to ask
     */
    public String askSecret(String prompt, String option) {
        if (!environment.terminal().input() || !environment.terminal().error()) {
            throw CliException.usage(
                    "There is no terminal to type it on: " + prompt + ".",
                    "Give " + option + " FILE, or - for standard input.");
        }
        environment.out().flush();
        environment.err().print(prompt + ": ");
        environment.err().flush();
        environment.terminal().echo(false);
        try {
            return readLine();
        } finally {
            environment.terminal().echo(true);
            environment.err().println();
        }
    }

    /** The next line of standard input. */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = environment.in().read();
                    b >= 0 && b != '\n';
                    b = environment.in().read()) {
                line.write(b);
            }
        } catch (IOException e) {
            throw CliException.failed(
                    "Cannot read the answer: " + e.getMessage() + ".", "Give --yes to do it without asking.");
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** All of standard input as text, without surrounding white space. */
    public String readInput() throws IOException {
        return new String(environment.in().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    boolean debug() {
        return options.debug;
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
