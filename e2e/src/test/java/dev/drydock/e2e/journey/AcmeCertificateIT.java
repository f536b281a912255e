package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.AcmeServer;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Certificate;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * {@code certificate.renew} by certbot and by lego from an ACME server, with a challenge through nginx's web root; what is served is
 * asked of openssl.
 */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class AcmeCertificateIT {
    /** Certbot's. */
    private static final String WWW = "www.example.com";
    /** Lego's. */
    private static final String SHOP = "shop.example.com";

    private static final String LEGO = "/var/lib/lego/certificates/" + SHOP;
    private static final String LEGO_OPTIONS = "[--server, \"" + AcmeServer.DIRECTORY
            + "\", --email, ops@example.com, --http, --http.webroot, /var/www/html]";

    private static final String CHALLENGES = """
            server {
                listen 80;
                server_name www.example.com shop.example.com;
                root /var/www/html;
            }
            """;

    private static final String SITES = """
            server {
                listen 443 ssl default_server;
                server_name www.example.com;
                ssl_certificate /etc/letsencrypt/live/www.example.com/fullchain.pem;
                ssl_certificate_key /etc/letsencrypt/live/www.example.com/privkey.pem;
                location / { return 200 "The shop is open"; }
            }
            server {
                listen 443 ssl;
                server_name shop.example.com;
                ssl_certificate /var/lib/lego/certificates/shop.example.com.crt;
                ssl_certificate_key /var/lib/lego/certificates/shop.example.com.key;
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
        host.sh("echo 127.0.0.1 www.example.com shop.example.com >>/etc/hosts");
        // Always due: certbot and lego renew what ends within 30 days.
        AcmeServer.start(host, Duration.ofDays(20));
        host.put("/etc/nginx/sites-enabled/challenges", CHALLENGES, 0644);
        host.sh("systemctl reload nginx");
        host.sh("certbot certonly --non-interactive --agree-tos --register-unsafely-without-email --server "
                + AcmeServer.DIRECTORY + " --webroot --webroot-path /var/www/html --domain www.example.com 2>&1");
        host.sh("lego --path /var/lib/lego --server " + AcmeServer.DIRECTORY + " --email ops@example.com --accept-tos"
                + " --domains shop.example.com --http --http.webroot /var/www/html run 2>&1");
        host.put("/etc/nginx/sites-enabled/site", SITES, 0644);
        host.sh("systemctl restart nginx");
    }

    @Test
    @Order(1)
    void renewedServedAndVerified() {
        String before = served(WWW);
        Run run = certbot("acme-renewed", false, OPEN);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(served(WWW)).isNotEqualTo(before).isEqualTo(inFile());
        assertThat(before).isNotEmpty();
        assertThat(host.sh("readlink /etc/letsencrypt/live/www.example.com/privkey.pem"))
                .startsWith("../../archive/www.example.com/privkey");
    }

    @Test
    @Order(2)
    void whatALaterCheckDoesNotLikeGoesBackWithAllOfCertbotsOwnState() {
        String before = certbotState();
        host.sh("cp /etc/letsencrypt/live/www.example.com/fullchain.pem /root/old.pem");
        Run run = certbot(
                "acme-goes-back", false, "cmp -s /etc/letsencrypt/live/www.example.com/fullchain.pem /root/old.pem");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(certbotState()).isEqualTo(before);
        assertThat(run.toString())
                .contains("localhost:443 shows the certificate of before", "of certbot are as before");
    }

    @Test
    @Order(3)
    void whatIsNotDueStaysUnlessItIsForced() {
        String rule = "/etc/letsencrypt/renewal/www.example.com.conf";
        host.sh("sed -i '1i renew_before_expiry = 5 days' " + rule);
        try {
            String before = certbotState();
            Run run = certbot("acme-not-due", false, OPEN);
            assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.toString()).contains("the certificate is not due");
            assertThat(certbotState()).isEqualTo(before);

            Run forced = certbot("acme-forced", true, OPEN);
            assertThat(forced.getState()).as(forced.toString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(served(WWW)).isEqualTo(inFile());
            assertThat(certbotState()).isNotEqualTo(before);
        } finally {
            host.sh("sed -i '/^renew_before_expiry/d' " + rule);
        }
    }

    @Test
    @Order(4)
    void legoRenewsServedAndVerified() {
        String before = served(SHOP);
        String others = served(WWW);
        Run run = lego("lego-renewed", OPEN);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(before).isNotEmpty();
        assertThat(served(SHOP)).isNotEqualTo(before).isEqualTo(fingerprint(LEGO + ".crt"));
        assertThat(served(WWW)).isEqualTo(others);
    }

    @Test
    @Order(5)
    void whatALaterCheckDoesNotLikeGoesBackWithAllOfLegosOwnState() {
        String before = legoState();
        host.sh("cp " + LEGO + ".crt /root/old.crt");
        Run run = lego("lego-goes-back", "cmp -s " + LEGO + ".crt /root/old.crt");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(legoState()).isEqualTo(before);
        assertThat(run.toString()).contains("localhost:443 shows the certificate of before", "of lego are as before");
    }

    /** Each value as openssl tells it; and one that nginx names and that nobody could serve. */
    @Test
    @Order(6)
    void theFactsTellWhatOpensslTells() {
        host.sh("cat " + LEGO + ".crt /srv/pebble/ca.pem >/root/wrong.pem");
        host.put(
                "/etc/nginx/sites-enabled/wrong",
                "server { ssl_certificate /root/wrong.pem; ssl_certificate_key /srv/pebble/key.pem; }\n",
                0644);
        fleet.cli().ok("host", "facts", host.name(), "--refresh");
        String served = hex(served(""));
        Map<String, Certificate> facts = Awaitility.await("facts of what is served now")
                .atMost(Duration.ofMinutes(1))
                .until(
                        AcmeCertificateIT::certificates,
                        seen -> at(seen, "port 443").getFingerprint().equals(served)
                                && seen.containsKey("/root/wrong.pem"));

        requireAsOpensslTells(facts, "/etc/letsencrypt/live/www.example.com/fullchain.pem", WWW);
        requireAsOpensslTells(facts, LEGO + ".crt", SHOP);
        Certificate certbots = at(facts, "/etc/letsencrypt/live/www.example.com/fullchain.pem");
        assertThat(certbots.getUsedByList()).containsExactly("certbot", "nginx");
        assertThat(certbots.getKey()).isEqualTo("/etc/letsencrypt/live/www.example.com/privkey.pem");
        assertThat(certbots.getFingerprint()).isEqualTo(served);
        assertThat(at(facts, LEGO + ".crt").getUsedByList()).containsExactly("nginx");
        assertThat(at(facts, "port 443").getNamesList()).containsExactly(WWW);
        assertThat(at(facts, "/root/wrong.pem").getKeyMatches()).isFalse();
        assertThat(at(facts, "/root/wrong.pem").getChainInOrder()).isFalse();
        // Pebble's own, and no others: what does not speak TLS is not a certificate.
        assertThat(facts).containsKeys("port 14000", "port 15000").doesNotContainKey("port 80");
    }

    private static void requireAsOpensslTells(Map<String, Certificate> facts, String file, String name) {
        Certificate told = at(facts, file);
        assertThat(told.getLocation()).as(facts.toString()).isEqualTo(file);
        String openssl = "openssl x509 -noout -nameopt RFC2253 -in " + file + " -";
        assertThat("subject=" + told.getSubject()).isEqualTo(host.sh(openssl + "subject"));
        assertThat("issuer=" + told.getIssuer())
                .isEqualTo(host.sh(openssl + "issuer"))
                .contains("Pebble");
        assertThat(told.getNamesList()).containsExactly(name);
        assertThat(Long.toString(told.getNotAfter().getSeconds()))
                .isEqualTo(host.sh("date -d \"$(" + openssl + "enddate | cut -d = -f 2)\" +%s"));
        assertThat(told.getFingerprint()).isEqualTo(hex(fingerprint(file)));
        assertThat(told.getKeyMatches()).isTrue();
        assertThat(told.getChainInOrder()).isTrue();
        assertThat(told.getTrouble()).isEmpty();
    }

    private static Certificate at(Map<String, Certificate> facts, String place) {
        return facts.getOrDefault(place, Certificate.getDefaultInstance());
    }

    private static Map<String, Certificate> certificates() {
        Map<String, Certificate> byPlace = new TreeMap<>();
        fleet.cli()
                .json(Host.getDefaultInstance(), "host", "show", host.name())
                .getFacts()
                .getCertificatesList()
                .forEach(one -> byPlace.put(one.getLocation(), one));
        return byPlace;
    }

    private static Run certbot(String name, boolean force, String check) {
        String live = "/etc/letsencrypt/live/" + WWW;
        String acme = "{client: certbot, name: " + WWW + ", force: " + force + "}";
        return fleet.run(
                name, Playbooks.acme(name, live + "/fullchain.pem", live + "/privkey.pem", acme, WWW, check), host);
    }

    private static Run lego(String name, String check) {
        String acme = "{client: lego, name: " + SHOP + ", options: " + LEGO_OPTIONS + "}";
        return fleet.run(name, Playbooks.acme(name, LEGO + ".crt", LEGO + ".key", acme, SHOP, check), host);
    }

    private static String certbotState() {
        return state("/etc/letsencrypt") + "\n" + served(WWW);
    }

    private static String legoState() {
        return state("/var/lib/lego") + "\n" + served(SHOP);
    }

    /** All of a client's, with links and modes. */
    private static String state(String directory) {
        return host.sh("cd " + directory
                + " && find . -type f ! -name '.certbot.lock' -exec sha256sum {} + | sort -k 2"
                + " && find . ! -type d ! -name '.certbot.lock' -printf '%p %l %m %u %g\\n' | sort");
    }

    /** @param name that is asked for; empty for none */
    private static String served(String name) {
        return host.sh("openssl s_client -connect localhost:443 "
                + (name.isEmpty() ? "-noservername" : "-servername " + name)
                + " </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256");
    }

    private static String inFile() {
        return fingerprint("/etc/letsencrypt/live/www.example.com/fullchain.pem");
    }

    private static String fingerprint(String file) {
        return host.sh("openssl x509 -noout -fingerprint -sha256 -in " + file);
    }

    /** Of what openssl calls a fingerprint. */
    private static String hex(String fingerprint) {
        return fingerprint
                .substring(fingerprint.indexOf('=') + 1)
                .replace(":", "")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
