package dev.drydock.agent.host.certificates;

import java.util.Map;
import java.util.TreeMap;

/** TCP ports that something listens on, as reached from the machine itself, by {@code /proc/net/tcp} (proc(5)). Pure. */
public final class ListeningPorts {
    private static final String LISTEN = "0A";

    private ListeningPorts() {}

    /**
     * By port, the inode of the socket: another one is another listener.
     *
     * @param table {@code /proc/net/tcp} or {@code /proc/net/tcp6}
     */
    public static Map<Integer, String> of(String table) {
        Map<Integer, String> ports = new TreeMap<>();
        table.lines().skip(1).forEach(line -> {
            String[] field = line.strip().split("\\s+");
            if (field.length > 9 && field[3].equals(LISTEN)) {
                String[] address = field[1].split(":", 2);
                if (address.length == 2 && isLocal(address[0])) {
                    ports.put(Integer.parseInt(address[1], 16), field[9]);
                }
            }
        });
        return ports;
    }

    /** Any address, or one of the loopback's, 127.0.0.0/8 and ::1; words are in the order of a little endian machine. */
    private static boolean isLocal(String address) {
        return address.matches("0+|[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F");
    }
}
