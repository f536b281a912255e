package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code certificate.renew} and {@code certificate.check} with a real nginx; what is served is asked of openssl. */
@WithFleet
class SiteCertificateIT {
    private static final String SITE = """
            server {
                listen 443 ssl;
                server_name www.example.com;
                ssl_certificate /etc/ssl/site/fullchain.pem;
                ssl_certificate_key /etc/ssl/site/key.pem;
                location / { return 200 "The shop is open"; }
            }
            """;

    private static final String OPEN = "curl -ksS https://localhost/ | grep -q 'The shop is open'";

    private static Fleet fleet;
    private static LabHost host;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolled("site");
        host.put("/etc/nginx/sites-enabled/site", SITE, 0644);
        host.sh("mkdir -p -m 700 /etc/ssl/site /root/new");
    }

    @BeforeEach
    void serveTheOld() {
        make("/etc/ssl/site", "www.example.com", 20, "-newkey rsa:2048");
        host.sh("chmod 640 /etc/ssl/site/key.pem && chgrp www-data /etc/ssl/site/key.pem && systemctl restart nginx");
    }

    @Test
    void replacedServedAndVerified() {
        make("/root/new", "www.example.com", 90, "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");
        Run run = renew("renewed", OPEN);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(served()).isEqualTo(fingerprint("/root/new/fullchain.pem"));
        assertThat(host.sh("stat -c '%a %U %G' /etc/ssl/site/key.pem")).isEqualTo("640 root www-data");

        Run again = renew("renewed-again", OPEN);
        assertThat(again.getState()).as(again.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(again.toString()).contains("the certificate is in its place already");
    }

    @Test
    void aKeyThatDoesNotMatchIsRefusedWithNothingChanged() {
        make("/root/new", "www.example.com", 90, "-newkey rsa:2048");
        host.sh("openssl genrsa -traditional -out /root/new/key.pem 2048 2>/dev/null");
        String before = state();
        Run run = renew("mismatch", OPEN);

        assertThat(run.getState()).as(run.toString()).isIn(RunState.REFUSED, RunState.ROLLED_BACK);
        assertThat(run.getReason())
                .contains("the key /root/new/key.pem does not belong to the certificate /root/new/fullchain.pem");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aCertificateForOtherNamesIsRefusedWithNothingChanged() {
        make("/root/new", "shop.example.com", 5, "-newkey rsa:2048");
        String before = state();
        Run run = renew("other-names", OPEN);

        assertThat(run.getReason()).contains("is not for www.example.com", "expected at least 14d from now");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatALaterCheckDoesNotLikeGoesBackAndTheOldOneIsServed() {
        make("/root/new", "www.example.com", 90, "-newkey rsa:2048");
        host.sh("cp /etc/ssl/site/fullchain.pem /root/old.pem");
        String before = state();
        Run run = renew("goes-back", "cmp -s /etc/ssl/site/fullchain.pem /root/old.pem");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(state()).isEqualTo(before);
        assertThat(run.toString()).contains("localhost:443 shows the certificate of before");
    }

    private static Run renew(String name, String check) {
        return fleet.run(name, Playbooks.certificate(name, "www.example.com", check), host);
    }

    private static void make(String directory, String name, int days, String key) {
        host.sh("cd " + directory + " && openssl req -x509 -nodes " + key + " -days " + days
                + " -subj /CN=" + name + " -addext subjectAltName=DNS:" + name
                + " -keyout key.pem -out fullchain.pem 2>/dev/null");
    }

    private static String state() {
        return host.sh("cd /etc/ssl/site && sha256sum * && stat -c '%n %a %U %G' *") + "\n" + served();
    }

    private static String served() {
        return host.sh("openssl s_client -connect localhost:443 -servername www.example.com </dev/null 2>/dev/null"
                + " | openssl x509 -noout -fingerprint -sha256");
    }

    private static String fingerprint(String file) {
        return host.sh("openssl x509 -noout -fingerprint -sha256 -in " + file);
    }
}
