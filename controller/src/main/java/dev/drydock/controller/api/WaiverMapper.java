package dev.drydock.controller.api;

import dev.drydock.controller.waiver.Waiver.Said;
import dev.drydock.controller.waiver.WaiverDraft;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;
import java.time.Instant;

/** Waivers, in and out of messages. */
final class WaiverMapper {
    private WaiverMapper() {}

    static WaiverDraft draft(CreateWaiverRequest request) {
        return new WaiverDraft(
                request.getName(),
                request.getRule(),
                request.getCve(),
                request.getPackage(),
                request.getHosts(),
                request.getReason(),
                Times.instant(request.getExpiresAt()));
    }

    /** As this caller may see it: without a selector that takes more hosts than the caller's, and without words about others. */
    static Waiver message(dev.drydock.controller.waiver.Waiver waiver, Instant now, Sight sight) {
        return message(waiver, now).toBuilder()
                .setHosts(sight.selector(waiver.hosts()))
                .setReason(sight.veiled(waiver.reason(), ""))
                .build();
    }

    private static Waiver message(dev.drydock.controller.waiver.Waiver waiver, Instant now) {
        Waiver.Builder message = Waiver.newBuilder()
                .setName(waiver.name())
                .setState(state(waiver.state(now)))
                .setHosts(waiver.hosts())
                .setReason(waiver.reason())
                .setExpiresAt(Times.timestamp(waiver.expiresAt()))
                .setAskedBy(waiver.askedBy())
                .setAskedAt(Times.timestamp(waiver.askedAt()));
        switch (waiver.kind()) {
            case RULE -> message.setRule(waiver.subject());
            case CVE -> message.setCve(waiver.subject());
            case PACKAGE -> message.setPackage(waiver.subject());
        }
        waiver.approved().map(Said::by).ifPresent(message::setApprovedBy);
        Times.timestamp(waiver.approved().map(Said::at), message::setApprovedAt);
        waiver.revoked().map(Said::by).ifPresent(message::setRevokedBy);
        Times.timestamp(waiver.revoked().map(Said::at), message::setRevokedAt);
        return message.build();
    }

    static WaiverState state(dev.drydock.controller.waiver.Waiver.State state) {
        return switch (state) {
            case ASKED -> WaiverState.WAIVER_ASKED;
            case STANDING -> WaiverState.WAIVER_STANDING;
            case EXPIRED -> WaiverState.WAIVER_EXPIRED;
            case REVOKED -> WaiverState.WAIVER_REVOKED;
        };
    }
}
