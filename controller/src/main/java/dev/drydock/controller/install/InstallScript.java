package dev.drydock.controller.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Writes {@code install.sh}: a shell script with this controller's addresses, its CA, and the checksums of its packages.
 *
 * @param api {@code https://HOST:PORT} of the management plane
 * @param agents {@code HOST:PORT} of the agent plane
 * @param caPem the CA's certificate
 * @param fingerprint the SHA-256 of the CA's certificate, in hexadecimal digits
 */
public record InstallScript(String api, String agents, String caPem, String fingerprint) {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:\\[\\]/-]+");
    private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}  drydock-[A-Za-z0-9._~+-]+");

    public InstallScript {
        for (String address : List.of(api, agents)) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is no address");
            }
        }
    }

    /** @param sums as sha256sum writes them; lines of anything but our packages are left out, for the script is run by root */
    public String text(String sums) {
        String known = String.join(
                "\n", sums.lines().filter(line -> SUM.matcher(line).matches()).toList());
        return template()
                .replace("@api@", api)
                .replace("@agents@", agents)
                .replace("@fingerprint@", fingerprint)
                .replace("@ca@", caPem.strip())
                .replace("@sums@", known);
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(InstallScript.class.getResourceAsStream("/install/install.sh"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
