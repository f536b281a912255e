package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * acme.sh. Beside its own directory of the certificate it writes where {@code --install-cert} told it to, and runs the reload command
 * that the operator gave it then.
 *
 * @param directory its {@code --home}
 * @param ecc whether it is the certificate with a key on an elliptic curve, which it keeps apart
 */
record AcmeSh(String directory, String name, boolean ecc) implements AcmeClient {
    static final String USUAL = "/root/.acme.sh";

    private static final Pattern INSTALLED =
            Pattern.compile("(?m)^Le_Real(?:Cert|CACert|Key|FullChain)Path='(/[^'\\n]+)'$");
    private static final Pattern NEXT = Pattern.compile("(?m)^Le_NextRenewTime='(\\d{1,12})'$");

    static AcmeSh of(HostFiles files, String directory, String name) throws IOException {
        return new AcmeSh(directory, name, files.exists(directory + "/" + name + "_ecc/" + name + ".conf"));
    }

    @Override
    public String program() {
        return directory + "/acme.sh";
    }

    private String own() {
        return directory + "/" + name + (ecc ? "_ecc" : "");
    }

    @Override
    public String certificate() {
        return own() + "/fullchain.cer";
    }

    @Override
    public String key() {
        return own() + "/" + name + ".key";
    }

    private String configuration(HostFiles files) throws IOException {
        String file = own() + "/" + name + ".conf";
        return files.read(file)
                .orElseThrow(() -> new IOException("acme.sh knows no certificate " + name + ": there is no " + file
                        + "; expected one that it obtained before"));
    }

    @Override
    public List<String> state(HostFiles files) throws IOException {
        List<String> state = new ArrayList<>(List.of(own()));
        Matcher installed = INSTALLED.matcher(configuration(files));
        while (installed.find()) {
            state.add(installed.group(1));
        }
        return state;
    }

    /** As it noted when it last renewed; at once where it noted nothing. */
    @Override
    public Instant dueFrom(HostFiles files, X509Certificate now) throws IOException {
        Matcher next = NEXT.matcher(configuration(files));
        return next.find() ? Instant.ofEpochSecond(Long.parseLong(next.group(1))) : Instant.EPOCH;
    }

    @Override
    public List<String> renewal(boolean force) {
        List<String> argv = new ArrayList<>(List.of(program(), "--renew", "--domain", name, "--home", directory));
        if (ecc) {
            argv.add("--ecc");
        }
        if (force) {
            argv.add("--force");
        }
        return argv;
    }
}
