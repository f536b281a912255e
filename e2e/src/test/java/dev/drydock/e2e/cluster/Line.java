package dev.drydock.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A line between two ends that can break as networks do: without a word, so that neither end is told and what was sent comes when it is
 * whole again, or with a reset of all that is open.
 */
final class Line implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 1_024;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final InetSocketAddress at;
    private final Supplier<List<InetSocketAddress>> to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition whole = lock.newCondition();
    private volatile ServerSocket listening;
    private State state = State.WHOLE;

    private enum State {
        WHOLE,
        SILENT,
        CUT,
        CLOSED
    }

    /** @param to where a connection goes: the first that takes it; asked for each */
    Line(InetSocketAddress at, Supplier<List<InetSocketAddress>> to) throws IOException {
        this.to = to;
        this.listening = listen(at);
        this.at = new InetSocketAddress(at.getAddress(), listening.getLocalPort());
        accept(listening);
    }

    private static ServerSocket listen(InetSocketAddress at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(at, BACKLOG);
        return socket;
    }

    /** A line to one port of this machine that refuses who comes while nobody listens there, as that port would. */
    static Line refusingAs(InetSocketAddress at, InetSocketAddress target) throws IOException {
        Line line = new Line(at, () -> List.of(target));
        Thread.ofVirtual().name("line").start(() -> line.refuseAs(target.getPort()));
        return line;
    }

    private void refuseAs(int port) {
        try {
            while (isOpen()) {
                if (ListeningPorts.has(port) == listening.isClosed()) {
                    if (listening.isClosed()) {
                        listening = listen(at);
                        accept(listening);
                    } else {
                        listening.close();
                    }
                }
                Thread.sleep(LOOK);
            }
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("the address " + at + " is this line's", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return state != State.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** From any free port of this machine. */
    Line(Supplier<List<InetSocketAddress>> to) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), to);
    }

    int port() {
        return at.getPort();
    }

    /** Nothing comes over it any more, and nobody is told. */
    void silence() {
        to(State.SILENT);
    }

    /** All that is open is reset, and nobody gets through. */
    void cut() {
        to(State.CUT);
        open.forEach(Line::reset);
    }

    void heal() {
        to(State.WHOLE);
    }

    private void to(State next) {
        lock.lock();
        try {
            state = next;
            whole.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it is whole, and not cut or closed */
    private boolean awaitWhole() throws InterruptedException {
        lock.lock();
        try {
            while (state == State.SILENT) {
                whole.await();
            }
            return state == State.WHOLE;
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket server) {
        Thread.ofVirtual().name("line").start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    open.add(client);
                    Thread.ofVirtual().name("line").start(() -> serve(client));
                } catch (IOException e) {
                    return; // It is closed.
                }
            }
        });
    }

    private void serve(Socket client) {
        try {
            Optional<Socket> server = awaitWhole() ? connect() : Optional.empty();
            if (server.isEmpty()) {
                reset(client);
                return;
            }
            Socket other = server.get();
            open.add(other);
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().name("line").start(() -> copy(other, client));
            copy(client, other);
            back.join();
            open.remove(other);
            other.close();
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            reset(client);
        }
    }

    private Optional<Socket> connect() {
        for (InetSocketAddress address : to.get()) {
            Socket socket = new Socket();
            try {
                socket.connect(address, CONNECT_MILLIS);
                return Optional.of(socket);
            } catch (IOException e) {
                reset(socket);
            }
        }
        return Optional.empty();
    }

    /** Until that end says no more. */
    private void copy(Socket from, Socket into) {
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (!awaitWhole()) {
                    break;
                }
                out.write(bytes, 0, length);
            }
            if (awaitWhole()) {
                into.shutdownOutput();
                return;
            }
        } catch (IOException e) {
            // One end is gone: so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset(from);
        reset(into);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket can be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        to(State.CLOSED);
        listening.close();
        open.forEach(Line::reset);
    }
}
