package dev.drydock.e2e.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Exim on a host of the lab: TLS from the first byte with a certificate of an authority of its own, and only for its one
 * sender. It keeps mail of {@code example.com} in mailboxes and refuses whom it does not know.
 */
public final class MailServer {
    public static final String SENDER = "drydock";
    public static final String PASSWORD = "lab-mail-password";
    private static final String CA = "/srv/mail/ca.pem";

    private final LabHost host;

    private MailServer(LabHost host) {
        this.host = host;
    }

    /** @param users who have a mailbox */
    public static MailServer start(LabHost host, String... users) {
        host.installFromDebian("mail", "exim4-daemon-light");
        MailServer server = new MailServer(host);
        host.sh("""
                mkdir -p /srv/mail && cd /srv/mail
                openssl req -x509 -nodes -newkey rsa:2048 -days 9 -subj '/CN=the lab' -keyout ca-key.pem -out ca.pem \\
                  -addext basicConstraints=critical,CA:TRUE 2>/dev/null
                openssl req -x509 -nodes -newkey rsa:2048 -days 9 -subj /CN=mail -keyout key.pem -out cert.pem \\
                  -CA ca.pem -CAkey ca-key.pem -addext subjectAltName=IP:%s \\
                  -addext basicConstraints=critical,CA:FALSE 2>/dev/null
                chgrp Debian-exim key.pem && chmod 640 key.pem
                """.formatted(server.address()));
        for (String user : users) {
            host.sh("id " + user + " >/dev/null 2>&1 || useradd --create-home " + user);
        }
        host.put("/etc/exim4/exim4.conf", """
                primary_hostname = mail.example.com
                domainlist local_domains = example.com
                daemon_smtp_ports = 465
                tls_on_connect_ports = 465
                tls_advertise_hosts = *
                tls_certificate = /srv/mail/cert.pem
                tls_privatekey = /srv/mail/key.pem
                acl_smtp_rcpt = check_rcpt
                begin acl
                check_rcpt:
                  deny !authenticated = *
                  require domains = +local_domains
                  require verify = recipient
                  accept
                begin routers
                mailbox:
                  driver = accept
                  check_local_user
                  transport = maildir
                begin transports
                maildir:
                  driver = appendfile
                  directory = /home/$local_part_data/Maildir
                  create_directory
                  maildir_format
                begin authenticators
                plain:
                  driver = plaintext
                  public_name = PLAIN
                  server_condition = ${if and{{eq{$auth2}{%s}}{eq{$auth3}{%s}}}}
                  server_set_id = $auth2
                """.formatted(SENDER, PASSWORD), 0644);
        host.sh("systemctl disable --quiet --now exim4");
        server.startAgain();
        return server;
    }

    private void awaitAnswer() {
        Awaitility.await("Exim")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        host.trySh("printf 'QUIT\\r\\n' | timeout 10 openssl s_client -quiet -connect localhost:465"
                                                + " 2>/dev/null | grep ^220")
                                        .getExitCode()
                                == 0);
    }

    private String address() {
        return host.sh("hostname -I | cut -d ' ' -f 1");
    }

    /** As {@code --mail-server} takes it. */
    public String url() {
        return "smtps://" + SENDER + "@" + address() + ":465";
    }

    /** Copies the certificate of its authority. */
    public void authority(Path to) {
        host.copyFileFromContainer(CA, to.toString());
    }

    public void stop() {
        host.sh("systemctl stop mail");
    }

    public void startAgain() {
        host.sh("systemd-run --quiet --collect --unit=mail /usr/sbin/exim4 -bdf");
        awaitAnswer();
    }

    /** How many mails a user has got. */
    public int count(String user) {
        return Integer.parseInt(host.sh("ls /home/" + user + "/Maildir/new 2>/dev/null | wc -l"));
    }

    /** All that a user has got, as text, what is encoded decoded. */
    public String mails(String user) {
        return new String(java.util.Base64.getDecoder().decode(host.sh("""
                        perl -MMIME::QuotedPrint -MMIME::Base64 -e 'local $/; for (glob "/home/%s/Maildir/new/*") {
                          open(my $f, "<", $_) or die; my $m = <$f>; $m =~ s/\\r//g;
                          my ($h, $b) = split(/\\n\\n/, $m, 2);
                          $b = decode_qp($b) if $h =~ /quoted-printable/i; $b = decode_base64($b) if $h =~ /: base64/i;
                          print "$h\\n\\n$b\\n"; }' | base64 -w0
                        """.formatted(user))), StandardCharsets.UTF_8);
    }
}
