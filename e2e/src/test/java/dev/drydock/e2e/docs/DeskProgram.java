package dev.drydock.e2e.docs;

import dev.drydock.cli.Environment;
import dev.drydock.cli.Main;
import dev.drydock.cli.Terminal;
import dev.drydock.cli.client.TlsChannels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * {@code drydock} without the start of a Java machine for each call. It runs on a host of the lab on the packed program's jars and
 * Java; {@code documents/drydock} hands it what was typed, and prints its answer. Needs nothing of this module, and has no other class.
 */
final class DeskProgram implements Terminal {
    private final boolean person;

    private DeskProgram(boolean person) {
        this.person = person;
    }

    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            while (true) {
                SocketChannel call = server.accept();
                Thread.ofPlatform().start(() -> answer(call));
            }
        }
    }

    private static void answer(SocketChannel call) {
        try (call) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(call));
            boolean person = in.readBoolean();
            String[] arguments = new String[in.readInt()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            }
            byte[] input = in.readNBytes(in.readInt());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(
                    new Environment(
                            System.getenv(),
                            new DeskProgram(person),
                            new ByteArrayInputStream(input),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            Clock.systemDefaultZone(),
                            new TlsChannels()),
                    arguments);
            DataOutputStream answer = new DataOutputStream(Channels.newOutputStream(call));
            answer.writeInt(exitCode);
            answer.writeInt(out.size());
            out.writeTo(answer);
            answer.writeInt(err.size());
            err.writeTo(answer);
            answer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean input() {
        return person;
    }

    @Override
    public boolean output() {
        return false;
    }

    @Override
    public boolean error() {
        return person;
    }

    @Override
    public Size size() {
        return new Size(80, 24);
    }
}
