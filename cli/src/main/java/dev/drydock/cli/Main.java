package dev.drydock.cli;

import dev.drydock.cli.client.Readiness;
import dev.drydock.cli.client.TlsChannels;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;

/** The program {@code drydock}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Readiness.begin(List.of(args));
        Environment environment = environment();
        int exitCode = run(environment, args);
        environment.out().flush();
        environment.err().flush();
        System.exit(exitCode);
    }

    static Environment environment() {
        // Text is UTF-8 whatever the locale says: minimal hosts have none, their terminals still read UTF-8.
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Clock clock = new LocalClock();
        return new Environment(
                System.getenv(), new SystemTerminal(clock), System.in, out, err, clock, new TlsChannels());
    }

    /** One call of the program, for tests too. Returns the exit code. */
    public static int run(Environment environment, String... args) {
        String[] call = asNamed(args);
        try (App app = new App(environment)) {
            OptionalInt exitCode = CommandTree.straight(app, List.of(call));
            if (exitCode.isPresent()) {
                return exitCode.getAsInt();
            }
        }
        // With options at their defaults again.
        try (App app = new App(environment)) {
            return CommandTree.of(app, List.of(call)).execute(call);
        }
    }

    /**
     * What people write for what it is named, which help need not list twice: {@code drydock hosts bootstrap} for {@code drydock host
     * bootstrap}, and {@code drydock --version} as other programs have it.
     */
    private static String[] asNamed(String[] args) {
        String[] call = args.clone();
        if (call.length > 0 && (call[0].equals("--version") || call[0].equals("-V"))) {
            call[0] = "version";
            return call;
        }
        for (int i = 0; i < call.length; i++) {
            if (!call[i].startsWith("-")) {
                call[i] = call[i].equals("hosts") ? "host" : call[i];
                break;
            }
        }
        return call;
    }

    /** All commands, for who describes them: the packages' manual pages. */
    public static CommandLine commands() {
        return CommandTree.whole(new App(environment()));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }
}
