package dev.drydock.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. The launcher script tells by the system property {@value #PROPERTY} which streams are one
 * (the Java library can tell only of all together), and by {@value #SIZE} how large it is where output is one. Later sizes are asked
 * of stty(1), at most once in two seconds.
 */
final class SystemTerminal implements Terminal {
    /** Digits of the file descriptors that are a terminal, for example {@code 012}. */
    static final String PROPERTY = "drydock.terminal";

    /** Rows and columns as stty(1) writes them; the launcher asks with less than a tenth of what a process costs Java. */
    static final String SIZE = "drydock.terminal.size";

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Size USUAL = new Size(80, 24);

    private final InstantSource clock;
    private final String descriptors;
    private @Nullable Size known;
    private long knownAt;
    private boolean hooked;

    SystemTerminal(InstantSource clock) {
        this.clock = clock;
        String told = System.getProperty(PROPERTY);
        this.descriptors = told == null ? withoutLauncher() : told;
        this.known = read(System.getProperty(SIZE, ""));
        this.knownAt = clock.millis();
    }

    private static String withoutLauncher() {
        Console console = System.console();
        return console != null && console.isTerminal() ? "012" : "";
    }

    @Override
    public boolean input() {
        return descriptors.contains("0");
    }

    @Override
    public boolean output() {
        return descriptors.contains("1");
    }

    @Override
    public boolean error() {
        return descriptors.contains("2");
    }

    @Override
    public Size size() {
        long now = clock.millis();
        Size size = known;
        if (size == null || now - knownAt > FRESH.toMillis()) {
            size = ask();
            known = size;
            knownAt = now;
        }
        return size;
    }

    /** Whoever leaves in between, by Ctrl-C for example, gets the echo back. */
    @Override
    public void echo(boolean on) {
        if (!on && !hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stty("echo")));
            hooked = true;
        }
        stty(on ? "echo" : "-echo");
    }

    private static void stty(String setting) {
        try {
            new ProcessBuilder("stty", setting)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            // No stty or no controlling terminal: then nothing is echoed by one either.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Size read(String answer) {
        Matcher m = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*").matcher(answer);
        if (!m.matches()) {
            return null;
        }
        int rows = Integer.parseInt(m.group(1));
        int columns = Integer.parseInt(m.group(2));
        return rows > 0 && columns > 0 ? new Size(columns, rows) : null;
    }

    private static Size ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Size size = stty.waitFor(1, TimeUnit.SECONDS) ? read(answer) : null;
            return size == null ? USUAL : size;
        } catch (IOException e) {
            return USUAL; // no stty or no controlling terminal: the usual size is a good guess
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }
}
