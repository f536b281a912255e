package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** {@code tcp.check}: a port takes connections, as seen from the host. */
final class TcpCheck implements Check {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "tcp.check";
    }

    @Override
    public Struct observe(StepContext context) {
        Args args = context.args();
        Duration timeout = args.duration("timeout", DEFAULT_TIMEOUT);
        Duration left = context.timeLeft().get();
        Duration most = timeout.compareTo(left) < 0 ? timeout : left;
        String error = connect(args.string("host", "localhost"), port(args), (int) Math.max(1, most.toMillis()));
        return new Structs()
                .put("error", error)
                .put("ms", Math.max(1, left.minus(context.timeLeft().get()).toMillis()))
                .build();
    }

    private static String connect(String host, int port, int millis) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "host name not found";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, millis);
            return "";
        } catch (SocketTimeoutException e) {
            return "no answer in time";
        } catch (IOException e) {
            return "not connected: " + e.getMessage();
        }
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Judgement.of(baseline, now, seen -> Structs.string(seen, "error"), TcpCheck::measured);
    }

    private static String measured(Struct seen) {
        String error = Structs.string(seen, "error");
        return (error.isEmpty() ? "connected in " : error + " after ") + Structs.integer(seen, "ms") + " ms";
    }

    private static int port(Args args) {
        return Math.toIntExact(args.optionalInteger("port")
                .filter(p -> p >= 1 && p <= 0xFFFF)
                .orElseThrow(() -> new IllegalArgumentException("argument 'port' is missing or not from 1 to 65535")));
    }
}
