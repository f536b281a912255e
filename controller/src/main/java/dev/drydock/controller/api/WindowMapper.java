package dev.drydock.controller.api;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Slot;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.SimulatedOpening;
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
                message.hasReserve()
                        ? Optional.of(Times.duration("reserve", message.getReserve(), problems))
                        : Optional.empty(),
                message.getCalendarsList(),
                message.getHosts(),
                message.getExclusive());
    }

    static dev.drydock.proto.v1.Window message(Window window) {
        return dev.drydock.proto.v1.Window.newBuilder()
                .setName(window.name())
                .setRrule(window.rrule().orElse(""))
                .setStart(window.start().toString())
                .setZone(window.zone().getId())
                .setDuration(Times.duration(window.duration()))
                .setCutoff(Times.duration(window.cutoff()))
                .setReserve(Times.duration(window.reserve()))
                .addAllCalendars(window.calendars())
                .setHosts(window.hosts().orElse(""))
                .setExclusive(window.exclusive())
                .setEtag(window.etag())
                .build();
    }

    static dev.drydock.proto.v1.Opening message(Opening opening) {
        return dev.drydock.proto.v1.Opening.newBuilder()
                .setOpens(Times.timestamp(opening.opens()))
                .setCloses(Times.timestamp(opening.closes()))
                .setStartBefore(Times.timestamp(opening.startBefore()))
                .build();
    }

    /** @param most how many of those that calendars take are told of */
    static NextOpeningsResponse next(List<Slot> slots, List<String> warnings, int most) {
        NextOpeningsResponse.Builder answer = NextOpeningsResponse.newBuilder().addAllWarnings(warnings);
        for (Slot slot : slots) {
            dev.drydock.proto.v1.Opening.Builder opening =
                    message(slot.opening().orElse(slot.byRule())).toBuilder().setWhy(slot.why());
            slot.blackout().map(CalendarMapper::message).ifPresent(opening::setBlackout);
            if (!slot.lost()) {
                answer.addOpenings(opening);
            } else if (answer.getLostCount() < most) {
                answer.addLost(opening);
            }
        }
        return answer.build();
    }

    /** @param daylight what the zone's change of clocks does to it; empty: nothing */
    static SimulatedOpening simulated(Slot slot, String daylight) {
        SimulatedOpening.Builder message = SimulatedOpening.newBuilder()
                .setByRule(message(slot.byRule()))
                .setWhy(slot.why())
                .setDaylight(daylight);
        slot.blackout().map(CalendarMapper::message).ifPresent(message::setBlackout);
        slot.opening().map(WindowMapper::message).ifPresent(message::setOpening);
        return message.build();
    }
}
