package dev.drydock.controller.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Who listens on this machine, as the kernel tells it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
final class Sockets {
    private static final String LISTENS = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int WORD = 4;

    private Sockets() {}

    /** A socket that listens. */
    record Listener(InetAddress address, int port, String inode) {
        /** Whether nobody else can listen there beside it. */
        boolean takes(InetSocketAddress wanted) {
            return port == wanted.getPort()
                    && (address.isAnyLocalAddress()
                            || wanted.getAddress().isAnyLocalAddress()
                            || address.equals(wanted.getAddress()));
        }
    }

    static List<Listener> all() throws IOException {
        List<Listener> listeners = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/net").resolve(table);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > INODE && columns[STATE].equals(LISTENS)) {
                        listeners.add(listener(columns));
                    }
                }
            }
        }
        return listeners;
    }

    private static Listener listener(String[] columns) throws UnknownHostException {
        String[] parts = columns[ADDRESS].split(":");
        return new Listener(address(parts[0]), Integer.parseInt(parts[1], 16), columns[INODE]);
    }

    /** The kernel prints words of four bytes as this machine holds them: the last byte first. */
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] printed = HexFormat.of().parseHex(hex);
        byte[] address = new byte[printed.length];
        for (int at = 0; at < printed.length; at++) {
            address[at] = printed[at / WORD * WORD + WORD - 1 - at % WORD];
        }
        return InetAddress.getByAddress(address);
    }

    /** Empty where this user may not see it. */
    static Optional<Long> process(String inode) throws IOException {
        String socket = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (has(process.resolve("fd"), socket)) {
                    return Optional.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean has(Path descriptors, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                try {
                    if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                        return true;
                    }
                } catch (IOException e) {
                    continue; // It was closed meanwhile.
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false; // It ended meanwhile, or is another user's.
        }
        return false;
    }
}
