package dev.drydock.agent.host.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFinderTest {
    @TempDir
    Path root;

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private CertificateFinder.Found find() throws IOException {
        return CertificateFinder.find(new HostFiles(root.toRealPath()));
    }

    @Test
    void walksWhatNginxIncludesAlsoByLinks() throws Exception {
        write("etc/nginx/nginx.conf", """
                http { # ssl_certificate /no.pem;
                  include sites-enabled/*;
                  include /etc/nginx/nginx.conf;
                  server { ssl_certificate $name.pem; ssl_certificate_key $name.key; }
                }
                """);
        write("etc/nginx/sites-available/shop", """
                server {
                  ssl_certificate "/etc/ssl/a b.pem"; ssl_certificate_key /etc/ssl/rsa.key;
                  location / { add_header X "ssl_certificate /no.pem; }"; include snippets/ecdsa.conf; }
                  ssl_certificate ec.pem; ssl_certificate_key ec.key;
                }
                """);
        write("etc/nginx/snippets/ecdsa.conf", "ssl_certificate in.pem;");
        Files.createDirectories(root.resolve("etc/nginx/sites-enabled"));
        Files.createSymbolicLink(
                root.resolve("etc/nginx/sites-enabled/shop"), Path.of("/etc/nginx/sites-available/shop"));

        assertThat(find().references())
                .containsExactlyInAnyOrder(
                        new CertificateReference("/etc/ssl/a b.pem", "/etc/ssl/rsa.key", "nginx"),
                        new CertificateReference("/etc/nginx/ec.pem", "/etc/nginx/ec.key", "nginx"),
                        new CertificateReference("/etc/nginx/in.pem", "", "nginx"));
        assertThat(find().seen()).contains(root.toRealPath() + "/etc/nginx/sites-enabled");
    }

    @Test
    void walksWhatApacheIncludes() throws Exception {
        write("etc/apache2/apache2.conf", "IncludeOptional sites-enabled/*.conf\nInclude more\nInclude apache2.conf\n");
        write("etc/apache2/sites-enabled/a.conf", """
                <VirtualHost *:443>
                  SSLCertificateFile "/etc/ssl/a.pem"
                  # SSLCertificateFile /no.pem
                  SSLCertificateKeyFile /etc/ssl/a.key
                </VirtualHost>
                <VirtualHost *:444>
                  sslcertificatefile /etc/ssl/b.pem
                </VirtualHost>
                """);
        write("etc/apache2/sites-enabled/a.conf.bak", "SSLCertificateFile /no.pem\n");
        write("etc/apache2/more/c", "SSLCertificateFile ssl/c.pem\nSSLCertificateKeyFile ${KEYS}/c.key\n");

        assertThat(find().references())
                .containsExactlyInAnyOrder(
                        new CertificateReference("/etc/ssl/a.pem", "/etc/ssl/a.key", "apache"),
                        new CertificateReference("/etc/ssl/b.pem", "", "apache"),
                        new CertificateReference("/etc/apache2/ssl/c.pem", "", "apache"));
    }

    @Test
    void knowsWhatCertbotHolds() throws Exception {
        write("etc/letsencrypt/live/README", "");
        write("etc/letsencrypt/live/a.org/fullchain.pem", "");
        assertThat(find().references())
                .containsExactly(new CertificateReference(
                        "/etc/letsencrypt/live/a.org/fullchain.pem",
                        "/etc/letsencrypt/live/a.org/privkey.pem",
                        "certbot"));
    }

    @Test
    void portsAreThoseThatTheMachineItselfReaches() {
        assertThat(ListeningPorts.of("""
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
                   1: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1
                   2: 0200A8C0:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1
                   3: 0100007F:A000 0100007F:01BB 01 00000000:00000000 00:00000000 00000000     0        0 4714 1
                """)).containsOnlyKeys(443, 3306).containsEntry(443, "4711");
    }
}
