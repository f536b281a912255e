package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which certificates in files the managed system uses: what nginx and Apache name, and what certbot holds. */
public final class CertificateFinder {
    private static final String CERTBOT = "/etc/letsencrypt/live/*/fullchain.pem";

    private CertificateFinder() {}

    /** @param seen files and directories that were looked at, on this machine: while they stay as they are, so does this */
    public record Found(List<CertificateReference> references, Set<String> seen) {
        public Found {
            references = List.copyOf(references);
            seen = Set.copyOf(seen);
        }
    }

    public static Found find(HostFiles files) throws IOException {
        ConfigurationWalk walk = new ConfigurationWalk(files);
        List<CertificateReference> all = new ArrayList<>();
        all.addAll(new NginxCertificates(walk).find());
        all.addAll(new ApacheCertificates(walk).find());
        for (String chain : walk.matching(CERTBOT)) {
            if (files.exists(chain)) {
                all.add(new CertificateReference(chain, chain.replace("/fullchain.pem", "/privkey.pem"), "certbot"));
            }
        }
        return new Found(all, walk.seen());
    }
}
