package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What a new certificate must be.
 *
 * @param names that it must be for
 * @param goodFor from now on, at least
 */
record CertificateDemand(List<String> names, Duration goodFor) {
    private static final Duration DEFAULT_GOOD_FOR = Duration.ofDays(14);

    CertificateDemand {
        names = List.copyOf(names);
    }

    /** For the names that are asked for, or else those of the certificate that is there now: none of them may get lost. */
    static CertificateDemand of(ManagedHost host, Args args) throws IOException {
        Duration goodFor = args.duration("goodFor", DEFAULT_GOOD_FOR);
        if (args.has("names") || !host.files().exists(args.string("certificate"))) {
            return new CertificateDemand(args.strings("names"), goodFor);
        }
        return new CertificateDemand(
                CertificateSet.read(host, args.string("certificate"), args.string("key")).look().names().stream()
                        .filter(name -> !name.startsWith("*."))
                        .toList(),
                goodFor);
    }

    Struct toStruct() {
        return new Structs()
                .putStrings("names", names)
                .put("goodForSeconds", goodFor.toSeconds())
                .build();
    }

    static CertificateDemand of(Struct struct) {
        return new CertificateDemand(
                Structs.strings(struct, "names"), Duration.ofSeconds(Structs.integer(struct, "goodForSeconds")));
    }

    void require(CertificateSet wanted, StepContext context, ManagedHost host, InstantSource clock)
            throws HostException, InterruptedException {
        wanted.requireServable(names, goodFor, clock.instant(), host, OnHost.job(context));
    }
}
