package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.AcmeServer;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code certificate.renew} by certbot from an ACME server, with a challenge through nginx's web root; what is served is asked of
 * openssl.
 */
@WithFleet
class AcmeCertificateIT {
    private static final String CHALLENGES = """
            server {
                listen 80;
                server_name www.example.com;
                root /var/www/html;
            }
            """;

    private static final String SITE = """
            server {
                listen 443 ssl;
                server_name www.example.com;
                ssl_certificate /etc/letsencrypt/live/www.example.com/fullchain.pem;
                ssl_certificate_key /etc/letsencrypt/live/www.example.com/privkey.pem;
                location / { return 200 "The shop is open"; }
            }
            """;

    private static final String OPEN = "curl -ksS https://localhost/ | grep -q 'The shop is open'";

    private static Fleet fleet;
    private static LabHost host;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolled("acme");
        host.sh("echo 127.0.0.1 www.example.com >>/etc/hosts");
        // Always due: certbot renews what ends within 30 days.
        AcmeServer.start(host, Duration.ofDays(20));
        host.put("/etc/nginx/sites-enabled/challenges", CHALLENGES, 0644);
        host.sh("systemctl reload nginx");
        host.sh("certbot certonly --non-interactive --agree-tos --register-unsafely-without-email --server "
                + AcmeServer.DIRECTORY + " --webroot --webroot-path /var/www/html --domain www.example.com 2>&1");
        host.put("/etc/nginx/sites-enabled/site", SITE, 0644);
        host.sh("systemctl restart nginx");
    }

    @Test
    void renewedServedAndVerified() {
        String before = served();
        Run run = renew("acme-renewed", false, OPEN);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(served()).isNotEqualTo(before).isEqualTo(inFile());
        assertThat(before).isNotEmpty();
        assertThat(host.sh("readlink /etc/letsencrypt/live/www.example.com/privkey.pem"))
                .startsWith("../../archive/www.example.com/privkey");
    }

    @Test
    void whatALaterCheckDoesNotLikeGoesBackWithAllOfCertbotsOwnState() {
        String before = state();
        host.sh("cp /etc/letsencrypt/live/www.example.com/fullchain.pem /root/old.pem");
        Run run = renew(
                "acme-goes-back", false, "cmp -s /etc/letsencrypt/live/www.example.com/fullchain.pem /root/old.pem");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(state()).isEqualTo(before);
        assertThat(run.toString())
                .contains("localhost:443 shows the certificate of before", "of certbot are as before");
    }

    @Test
    void whatIsNotDueStaysUnlessItIsForced() {
        String rule = "/etc/letsencrypt/renewal/www.example.com.conf";
        host.sh("sed -i '1i renew_before_expiry = 5 days' " + rule);
        try {
            String before = state();
            Run run = renew("acme-not-due", false, OPEN);
            assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.toString()).contains("the certificate is not due");
            assertThat(state()).isEqualTo(before);

            Run forced = renew("acme-forced", true, OPEN);
            assertThat(forced.getState()).as(forced.toString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(served()).isEqualTo(inFile());
            assertThat(state()).isNotEqualTo(before);
        } finally {
            host.sh("sed -i '/^renew_before_expiry/d' " + rule);
        }
    }

    private static Run renew(String name, boolean force, String check) {
        return fleet.run(name, Playbooks.certbot(name, "www.example.com", force, check), host);
    }

    /** All of certbot's, with links and modes, and what is served. */
    private static String state() {
        return host.sh("cd /etc/letsencrypt && find . -type f ! -name '.certbot.lock' -exec sha256sum {} + | sort -k 2"
                        + " && find . ! -type d ! -name '.certbot.lock' -printf '%p %l %m %u %g\\n' | sort")
                + "\n" + served();
    }

    private static String served() {
        return host.sh("openssl s_client -connect localhost:443 -servername www.example.com </dev/null 2>/dev/null"
                + " | openssl x509 -noout -fingerprint -sha256");
    }

    private static String inFile() {
        return host.sh(
                "openssl x509 -noout -fingerprint -sha256 -in /etc/letsencrypt/live/www.example.com/fullchain.pem");
    }
}
