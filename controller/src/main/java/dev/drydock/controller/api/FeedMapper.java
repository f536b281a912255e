package dev.drydock.controller.api;

import dev.drydock.proto.v1.Feed;
import java.util.Locale;

/** Feeds as messages. */
final class FeedMapper {
    private FeedMapper() {}

    static Feed message(dev.drydock.controller.vulnerability.Feed feed) {
        return Feed.newBuilder()
                .setSource(feed.source())
                .setKind(feed.kind().name().toLowerCase(Locale.ROOT))
                .setDigest(feed.digest())
                .setEntries(feed.entries())
                .setSkipped(feed.skipped())
                .setImportedAt(Times.timestamp(feed.importedAt()))
                .setImportedBy(feed.importedBy())
                .build();
    }
}
