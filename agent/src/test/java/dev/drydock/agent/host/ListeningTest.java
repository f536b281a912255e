package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {
    @TempDir
    private Path proc;

    @Test
    void tellsTheSocketsOfServicesAlone() throws Exception {
        Files.createDirectories(proc.resolve("self/net"));
        Files.writeString(proc.resolve("self/net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   109        0 101 1 0 100 0 0 10 0
                   1: 0100007F:0CEA 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000   109        0 102 1 0 100 0 0 10 0
                """);
        Files.writeString(proc.resolve("self/net/tcp6"), """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 103 1 0 100 0 0 10 0
                """);
        Files.writeString(proc.resolve("self/net/unix"), """
                Num       RefCount Protocol Flags    Type St Inode Path
                0000000000000000: 00000002 00000000 00010000 0001 01 104 /run/mysqld/mysqld.sock
                0000000000000000: 00000003 00000000 00000000 0001 03 105 /run/mysqld/mysqld.sock
                """);
        process(7, "mariadb.service", "socket:[101]", "socket:[102]", "socket:[104]", "socket:[105]", "/dev/null");
        process(8, "nginx.service", "socket:[103]");
        process(9, "mariadb.service.d.scope", "socket:[103]");

        assertThat(new Listening(proc).of(List.of("mariadb", "php8.2-fpm")))
                .containsExactly("mariadb.service tcp 127.0.0.1:3306", "mariadb.service unix /run/mysqld/mysqld.sock");
        assertThat(new Listening(proc).of(List.of("nginx.service")))
                .containsExactly("nginx.service tcp [0:0:0:0:0:0:0:1]:80");
    }

    private void process(int pid, String unit, String... fds) throws Exception {
        Path directory = Files.createDirectories(proc.resolve(pid + "/fd"));
        Files.writeString(proc.resolve(pid + "/cgroup"), "0::/system.slice/" + unit + "\n");
        for (int i = 0; i < fds.length; i++) {
            Files.createSymbolicLink(directory.resolve(Integer.toString(i)), Path.of(fds[i]));
        }
    }
}
