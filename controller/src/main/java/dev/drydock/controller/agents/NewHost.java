package dev.drydock.controller.agents;

import dev.drydock.controller.security.IssuedCertificate;
import java.time.Instant;

/**
 * A host on its way in.
 *
 * @param wantedName what it calls itself; the record's name gets a number behind it where that is taken
 */
public record NewHost(String id, HostName wantedName, IssuedCertificate certificate, Instant enrolledAt) {}
