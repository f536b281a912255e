package dev.drydock.e2e.fleet;

import dev.drydock.cli.Environment;
import dev.drydock.cli.Main;
import dev.drydock.cli.Terminal;
import dev.drydock.cli.client.TlsChannels;
import dev.drydock.e2e.lab.Distribution;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How a journey calls {@code drydock}. */
interface Calls {
    /** As a person does: the packed program, a process each time, which costs a second of processor time. */
    Calls PACKED = (limit, variables, arguments) -> {
        List<String> command = new ArrayList<>();
        command.add(Distribution.program("drydock").toString());
        command.addAll(arguments);
        return Programs.run(limit, variables, command);
    };

    /** The same code in this process, for journeys whose subject is not the program. */
    Calls INSIDE = by(Clock::systemDefaultZone);

    /** As {@link #INSIDE}, by another clock. */
    static Calls by(Supplier<Clock> clock) {
        return (limit, variables, arguments) -> inside(clock.get(), limit, variables, arguments);
    }

    /** Bounded in time. */
    Programs.Result drydock(Duration limit, Map<String, String> variables, List<String> arguments);

    private static Programs.Result inside(
            Clock clock, Duration limit, Map<String, String> variables, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        Environment environment = new Environment(
                all,
                Terminal.NONE,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                clock,
                new TlsChannels());
        FutureTask<Integer> call = new FutureTask<>(() -> Main.run(environment, arguments.toArray(String[]::new)));
        Thread.ofPlatform().daemon().name("drydock " + arguments.getFirst()).start(call);
        try {
            int exitCode = call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Programs.Result(
                    arguments, exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new AssertionError("not ended after " + limit + ": drydock " + arguments + "\n" + out + err, e);
        } catch (ExecutionException e) {
            throw new AssertionError("drydock " + arguments + " broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in drydock " + arguments, e);
        }
    }
}
