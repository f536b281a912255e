package dev.drydock.agent.host.certificates;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates that Apache's configuration names (mod_ssl). */
final class ApacheCertificates {
    private static final List<String> ROOTS =
            List.of("/etc/apache2/apache2.conf", "/etc/httpd/conf/httpd.conf", "/etc/apache2/httpd.conf");
    private static final int DEEPEST = 10;
    private static final Pattern DIRECTIVE = Pattern.compile(
            "(?im)^[ \\t]*(IncludeOptional|Include|SSLCertificateFile|SSLCertificateKeyFile|</?VirtualHost)\\b[ \\t>]*(?:\"([^\"\\n]*)\"|([^\\s\"]*))");

    private final ConfigurationWalk walk;
    private final Set<CertificateReference> found = new LinkedHashSet<>();
    private final List<String> certificates = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    ApacheCertificates(ConfigurationWalk walk) {
        this.walk = walk;
    }

    Set<CertificateReference> find() throws IOException {
        for (String root : ROOTS) {
            file(root, root.startsWith("/etc/httpd") ? "/etc/httpd" : "/etc/apache2", 0);
            close();
        }
        return found;
    }

    private void file(String path, String serverRoot, int depth) throws IOException {
        Matcher directive = DIRECTIVE.matcher(walk.text(path));
        while (directive.find()) {
            String value = directive.group(2) == null ? directive.group(3) : directive.group(2);
            switch (directive.group(1).toLowerCase(Locale.ROOT)) {
                case "include", "includeoptional" -> {
                    List<String> included = depth < DEEPEST && isFile(value)
                            ? walk.matchingOrWithin(absolute(value, serverRoot))
                            : List.of();
                    for (String file : included) {
                        file(file, serverRoot, depth + 1);
                    }
                }
                case "sslcertificatefile" -> certificates.add(isFile(value) ? absolute(value, serverRoot) : "");
                case "sslcertificatekeyfile" -> keys.add(isFile(value) ? absolute(value, serverRoot) : "");
                default -> close();
            }
        }
    }

    /** A host ends, or begins: the n-th certificate goes with the n-th key. */
    private void close() {
        for (int i = 0; i < certificates.size(); i++) {
            if (!certificates.get(i).isEmpty()) {
                found.add(new CertificateReference(certificates.get(i), i < keys.size() ? keys.get(i) : "", "apache"));
            }
        }
        certificates.clear();
        keys.clear();
    }

    private static boolean isFile(String value) {
        return !value.isEmpty() && !value.contains("$");
    }

    private static String absolute(String path, String serverRoot) {
        return path.startsWith("/") ? path : serverRoot + "/" + path;
    }
}
