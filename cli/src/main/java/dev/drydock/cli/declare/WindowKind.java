package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Pages;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maintenance windows. */
final class WindowKind implements Kind {
    static final String WORD = "Window";

    private static final Set<String> SPEC =
            Set.of("rrule", "start", "zone", "duration", "cutoff", "reserve", "calendars", "hosts", "exclusive");
    private static final Duration DEFAULT_RESERVE = Duration.ofMinutes(15);

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "windows";
    }

    @Override
    public Differing differing() {
        return Differing.CHANGED;
    }

    @Override
    public boolean prunable() {
        return true;
    }

    @Override
    public Optional<Declared> read(Reading reading) {
        Reading.Head head = reading.head(SPEC);
        Fields spec = head.spec();
        List<Reading.Item> calendars = reading.items(spec, "calendars", "a calendar's name");
        Window window = Window.newBuilder()
                .setName(head.name())
                .setRrule(Reading.text(spec, "rrule"))
                .setStart(Reading.required(spec, "start", "the first opening, local: 2026-11-29T02:00"))
                .setZone(Reading.required(spec, "zone", "an IANA time zone such as Asia/Tokyo"))
                .setDuration(Times.message(length(spec)))
                .setCutoff(Times.message(Reading.duration(spec, "cutoff", Duration.ZERO)))
                .setReserve(Times.message(Reading.duration(spec, "reserve", DEFAULT_RESERVE)))
                .addAllCalendars(calendars.stream().map(Reading.Item::value).toList())
                .setHosts(Reading.text(spec, "hosts"))
                .setExclusive(Reading.flag(spec, "exclusive"))
                .build();
        List<Reference> needs = calendars.stream()
                .map(calendar -> new Reference(CalendarKind.WORD, calendar.value(), calendar.path(), calendar.at()))
                .toList();
        return Optional.of(new Declared(
                this, head.name(), reading.source().file(), head.at(), tree(window), needs, new Made(window)));
    }

    private static Duration length(Fields spec) {
        String unused = spec.node("duration").isPresent()
                ? ""
                : Reading.required(spec, "duration", "how long it stays open: 3h");
        return Reading.duration(spec, "duration", Duration.ZERO);
    }

    static Map<String, Object> tree(Window window) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Trees.put(tree, "rrule", window.getRrule());
        tree.put("start", start(window.getStart()));
        tree.put("zone", window.getZone());
        tree.put("duration", Units.text(Times.duration(window.getDuration())));
        Trees.put(tree, "cutoff", Times.duration(window.getCutoff()), Duration.ZERO);
        Trees.put(tree, "reserve", Times.duration(window.getReserve()), DEFAULT_RESERVE);
        Trees.put(
                tree,
                "calendars",
                window.getCalendarsList().stream().sorted().distinct().toList());
        Trees.put(tree, "hosts", window.getHosts());
        if (window.getExclusive()) {
            tree.put("exclusive", true);
        }
        return tree;
    }

    /** {@code 02:00} and {@code 02:00:00} are one time. */
    private static String start(String text) {
        try {
            return LocalDateTime.parse(text).toString();
        } catch (DateTimeException e) {
            return text; // the controller says what is wrong with it
        }
    }

    private record Made(Window window) implements Declared.Making {
        @Override
        public Finding check(Api api, Optional<Present> present) {
            return Answers.finding(() ->
                    api.windows().createWindow(request().setValidateOnly(true).build()));
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            Window unused = api.windows()
                    .createWindow(request()
                            .setReplace(present.isPresent())
                            .setEtag(present.map(Present::etag).orElse(""))
                            .build());
        }

        private CreateWindowRequest.Builder request() {
            return CreateWindowRequest.newBuilder().setWindow(window);
        }
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        return windows(api).stream()
                .map(window -> Present.of(this, window.getName(), tree(window), window.getEtag()))
                .toList();
    }

    private static List<Window> windows(Api api) {
        return Pages.all(
                        ListWindowsRequest.getDefaultInstance(),
                        api.windows()::listWindows,
                        ListWindowsResponse::getNextPageToken)
                .getWindowsList();
    }

    @Override
    public void remove(Api api, Present present) {
        var unused = api.windows()
                .deleteWindow(DeleteWindowRequest.newBuilder()
                        .setName(present.name())
                        .setEtag(present.etag())
                        .build());
    }

    @Override
    public Exports export(Api api, boolean inline) {
        return Exports.of(windows(api).stream()
                .map(window -> Exported.document(this, window.getName(), tree(window), tree(window), Map.of()))
                .toList());
    }
}
