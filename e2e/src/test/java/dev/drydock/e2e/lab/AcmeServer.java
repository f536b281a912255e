package dev.drydock.e2e.lab;

import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Pebble, Let's Encrypt's ACME server for tests, on a host of the lab itself. It challenges for real: http-01, on port 80 of the name
 * that is asked for, which the host's {@code /etc/hosts} has to know. The host trusts it as it trusts any authority.
 */
public final class AcmeServer {
    public static final String DIRECTORY = "https://localhost:14000/dir";

    private AcmeServer() {}

    /**
     * Installs it beside certbot and lego, and starts it.
     *
     * @param validity of the certificates that it issues
     */
    public static void start(LabHost host, Duration validity) {
        host.installFromDebian("acme", "certbot", "lego", "pebble");
        host.sh("systemctl disable --quiet --now certbot.timer");
        host.sh("""
                mkdir -p /srv/pebble && cd /srv/pebble
                openssl req -x509 -nodes -newkey rsa:2048 -days 9 -subj '/CN=the lab' -keyout ca-key.pem -out ca.pem \\
                  -addext basicConstraints=critical,CA:TRUE 2>/dev/null
                openssl req -x509 -nodes -newkey rsa:2048 -days 9 -subj /CN=localhost -keyout key.pem -out cert.pem \\
                  -CA ca.pem -CAkey ca-key.pem -addext subjectAltName=DNS:localhost \\
                  -addext basicConstraints=critical,CA:FALSE 2>/dev/null
                cp ca.pem /usr/local/share/ca-certificates/lab.crt && update-ca-certificates >/dev/null 2>&1
                """);
        host.put("/srv/pebble/config.json", """
                {"pebble": {
                  "listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000",
                  "certificate": "/srv/pebble/cert.pem", "privateKey": "/srv/pebble/key.pem",
                  "httpPort": 80, "tlsPort": 443, "ocspResponderURL": "",
                  "externalAccountBindingRequired": false, "certificateValidityPeriod": %d}}
                """.formatted(validity.toSeconds()), 0644);
        host.sh("systemd-run --quiet --unit=pebble --setenv=PEBBLE_VA_NOSLEEP=1 --setenv=PEBBLE_WFE_NONCEREJECT=0"
                + " pebble -config /srv/pebble/config.json");
        Awaitility.await("pebble")
                .atMost(Duration.ofSeconds(20))
                .until(() -> host.trySh("curl -sS " + DIRECTORY).getExitCode() == 0);
    }
}
