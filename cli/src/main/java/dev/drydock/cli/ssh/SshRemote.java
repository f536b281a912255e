package dev.drydock.cli.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session of JSch. */
final class SshRemote implements Remote {
    /** Of what a command prints, the rest is dropped: a host that floods us is not worth our memory. */
    static final int MOST = 8 << 20;

    private static final Duration TO_OPEN = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Deque<Session> sessions;

    /** @param sessions that of the machine first, then those on the way to it */
    SshRemote(Deque<Session> sessions) {
        this.sessions = new ArrayDeque<>(sessions);
    }

    @Override
    public Answer run(String command, Input input, Duration limit) throws SshFault {
        ChannelExec channel = open(command);
        AtomicBoolean late = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> endAfter(channel, limit, ended, late));
        Bounded err = new Bounded();
        try {
            channel.setErrStream(err, true);
            InputStream out = channel.getInputStream();
            OutputStream in = channel.getOutputStream();
            channel.connect((int) TO_OPEN.toMillis());
            Thread feeder = Thread.ofVirtual().start(() -> feed(input, in));
            Bounded text = new Bounded();
            out.transferTo(text);
            await(channel);
            feeder.interrupt();
            if (late.get()) {
                throw tooSlow(limit);
            }
            if (channel.getExitStatus() < 0 && !sessions.getFirst().isConnected()) {
                throw lost("it went away while a command ran");
            }
            return new Answer(channel.getExitStatus(), text.text(), err.text());
        } catch (JSchException | IOException e) {
            throw late.get() ? tooSlow(limit) : lost(String.valueOf(e.getMessage()));
        } finally {
            ended.countDown();
            channel.disconnect();
        }
    }

    private ChannelExec open(String command) throws SshFault {
        try {
            ChannelExec channel = (ChannelExec) sessions.getFirst().openChannel("exec");
            channel.setCommand(command.getBytes(StandardCharsets.UTF_8));
            return channel;
        } catch (JSchException e) {
            throw lost(String.valueOf(e.getMessage()));
        }
    }

    /** A command that ends before it has read everything is no fault of the feeding; its answer tells. */
    private static void feed(Input input, OutputStream to) {
        try (InputStream from = input.open();
                to) {
            from.transferTo(to);
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endAfter(ChannelExec channel, Duration limit, CountDownLatch ended, AtomicBoolean late) {
        try {
            if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                channel.disconnect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the output comes before the exit status, and JSch tells of the latter only when it is asked. */
    private static void await(ChannelExec channel) throws IOException {
        try {
            while (!channel.isClosed() && channel.isConnected()) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SshFault tooSlow(Duration limit) {
        return new SshFault(
                SshFault.Kind.TOO_SLOW,
                "a command did not end within " + limit.toSeconds() + " s",
                "See what it is busy with, then run this again; it goes on where it stopped.");
    }

    private static SshFault lost(String why) {
        return new SshFault(
                SshFault.Kind.LOST, "the connection broke off: " + why, "Run this again; it goes on where it stopped.");
    }

    @Override
    public void close() {
        sessions.forEach(Session::disconnect);
    }

    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {
            if (size() < MOST) {
                super.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, Math.min(length, MOST - size()));
        }

        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
