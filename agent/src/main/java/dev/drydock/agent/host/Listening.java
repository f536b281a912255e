package dev.drydock.agent.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the processes of services listen on, by {@code /proc} (proc(5): net/tcp, net/tcp6, net/unix). Under systemd alone, which
 * keeps the processes of each service in a group of their own.
 */
public final class Listening {
    private static final String LISTEN = "0A";
    private static final int ACCEPTS = 0x10000;
    private static final int WORD = 4;

    private final Path proc;

    /** @param proc where the kernel tells of processes */
    public Listening(Path proc) {
        this.proc = proc;
    }

    /** {@code nginx.service tcp 0.0.0.0:80} and {@code php8.2-fpm.service unix /run/php/php8.2-fpm.sock}, sorted. */
    public Set<String> of(Collection<String> services) throws IOException {
        Map<String, String> sockets = sockets();
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                Optional<String> unit = UnitOfProcess.of(text(process.resolve("cgroup")))
                        .filter(name -> services.stream().anyMatch(service -> isOf(name, service)));
                if (unit.isPresent()) {
                    inodes(process).stream()
                            .filter(sockets::containsKey)
                            .forEach(inode -> found.add(unit.get() + " " + sockets.get(inode)));
                }
            }
        }
        return found;
    }

    private static boolean isOf(String unit, String service) {
        return unit.equals(service) || unit.equals(service + ".service");
    }

    /** By inode. */
    private Map<String, String> sockets() {
        Map<String, String> sockets = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            text(proc.resolve("self/net/" + table)).lines().skip(1).forEach(line -> {
                String[] field = line.strip().split("\\s+");
                if (field.length > 9 && field[3].equals(LISTEN)) {
                    sockets.put(field[9], "tcp " + address(field[1]));
                }
            });
        }
        text(proc.resolve("self/net/unix")).lines().skip(1).forEach(line -> {
            String[] field = line.strip().split("\\s+", 8);
            if (field.length == 8 && (Integer.parseInt(field[3], 16) & ACCEPTS) != 0) {
                sockets.put(field[6], "unix " + field[7]);
            }
        });
        return sockets;
    }

    /** Words of the address are in the byte order of the machine, which is little endian on all that Java runs on here. */
    static String address(String hex) {
        String[] part = hex.split(":", 2);
        byte[] raw = HexFormat.of().parseHex(part[0]);
        byte[] address = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            address[i] = raw[i / WORD * WORD + (WORD - 1 - i % WORD)];
        }
        try {
            String host = InetAddress.getByAddress(address).getHostAddress();
            return (raw.length == WORD ? host : "[" + host + "]") + ":" + Integer.parseInt(part[1], 16);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + hex, e);
        }
    }

    private static Set<String> inodes(Path process) {
        Set<String> inodes = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path fd : all) {
                String target = Files.readSymbolicLink(fd).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException gone) {
            return inodes;
        }
        return inodes;
    }

    /** Empty when the process is gone meanwhile. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
