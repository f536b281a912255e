package dev.drydock.controller.api;

import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.RunStore.Place;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pages of runs, of which there are too many to read them all: one call looks at so many and no more.
 *
 * @param visible which ones the caller may see
 */
record RunPages(RunStore runs, RunMapper mapper, Predicate<dev.drydock.controller.run.Run> visible) {
    /** Runs that are looked at for one page of a filter that few match. */
    private static final int LOOKED_AT = 5 * Pages.LARGEST;

    ListRunsResponse list(Optional<String> hostId, Optional<String> rolloutId, String filter, Pages pages) {
        Predicate<Run> wanted = MessageFilter.of(filter, "run", Run.getDescriptor());
        ListRunsResponse.Builder page = ListRunsResponse.newBuilder();
        Optional<Place> at = pages.after().map(RunPages::place);
        int batch = Pages.LARGEST;
        int looked = 0;
        while (true) {
            List<dev.drydock.controller.run.Run> found = runs.list(hostId, rolloutId, at, batch);
            for (dev.drydock.controller.run.Run run : found) {
                Optional<Run> message = Optional.of(run)
                        .filter(visible)
                        .map(seen -> mapper.summary(seen).build())
                        .filter(wanted);
                if (message.isPresent()) {
                    if (page.getRunsCount() == pages.size()) {
                        return next(page, pages, at);
                    }
                    page.addRuns(message.get());
                }
                at = Optional.of(new Place(run.offeredAt(), run.id()));
            }
            looked += found.size();
            if (found.size() < batch) {
                return page.build();
            }
            if (looked >= LOOKED_AT) {
                return next(page, pages, at);
            }
        }
    }

    private static ListRunsResponse next(ListRunsResponse.Builder page, Pages pages, Optional<Place> at) {
        return page.setNextPageToken(pages.token(at.map(RunPages::key).orElse("")))
                .build();
    }

    private static String key(Place place) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, place.offeredAt()) + " " + place.id();
    }

    /** The mark before it shows that it is one of ours. */
    private static Place place(String key) {
        try {
            int space = key.indexOf(' ');
            return new Place(
                    Instant.EPOCH.plus(Long.parseLong(key, 0, Math.max(0, space), 10), ChronoUnit.MICROS),
                    key.substring(space + 1));
        } catch (NumberFormatException e) {
            throw Refusals.invalid(List.of("page_token: is not what an answer gave"));
        }
    }
}
