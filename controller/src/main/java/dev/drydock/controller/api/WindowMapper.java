package dev.drydock.controller.api;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import java.util.List;
import java.util.Optional;

/** Windows, in and out of messages. */
final class WindowMapper {
    private WindowMapper() {}

    /** Only durations that are none add to the problems; the rest is the draft's to judge. */
    static WindowDraft draft(dev.drydock.proto.v1.Window message, List<String> problems) {
        return new WindowDraft(
                message.getName(),
                message.getRrule(),
                message.getStart(),
                message.getZone(),
                Times.duration("duration", message.getDuration(), problems),
                Times.duration("cutoff", message.getCutoff(), problems),
                Optional.empty());
    }

    static dev.drydock.proto.v1.Window message(Window window) {
        return dev.drydock.proto.v1.Window.newBuilder()
                .setName(window.name())
                .setRrule(window.rrule().orElse(""))
                .setStart(window.start().toString())
                .setZone(window.zone().getId())
                .setDuration(Times.duration(window.duration()))
                .setCutoff(Times.duration(window.cutoff()))
                .build();
    }

    static dev.drydock.proto.v1.Opening message(Opening opening) {
        return dev.drydock.proto.v1.Opening.newBuilder()
                .setOpens(Times.timestamp(opening.opens()))
                .setCloses(Times.timestamp(opening.closes()))
                .setStartBefore(Times.timestamp(opening.startBefore()))
                .build();
    }
}
