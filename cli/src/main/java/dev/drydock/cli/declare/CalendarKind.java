package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.DeleteCalendarRequest;
import dev.drydock.proto.v1.ExportCalendarRequest;
import dev.drydock.proto.v1.GetCalendarRequest;
import dev.drydock.proto.v1.ListCalendarsRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Calendars of blackouts. */
final class CalendarKind implements Kind {
    static final String WORD = "Calendar";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "calendars";
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
        return CalendarSpec.read(reading)
                .map(spec -> new Declared(
                        this, spec.name(), reading.source().file(), spec.at(), spec.tree(), List.of(), spec));
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        Set<String> names = declared.stream().map(Declared::name).collect(Collectors.toSet());
        List<Present> present = new ArrayList<>();
        for (Calendar calendar : calendars(api)) {
            boolean asked = names.contains(calendar.getName());
            List<String> users = asked || !prune
                    ? List.of()
                    : api.calendars()
                            .getCalendar(GetCalendarRequest.newBuilder()
                                    .setName(calendar.getName())
                                    .build())
                            .getNamedByList();
            Map<String, Object> tree = asked ? tree(calendar, text(api, calendar)) : Map.of();
            present.add(new Present(this, calendar.getName(), tree, calendar.getEtag(), "", users, List.of()));
        }
        return present;
    }

    private static List<Calendar> calendars(Api api) {
        return api.calendars()
                .listCalendars(ListCalendarsRequest.getDefaultInstance())
                .getCalendarsList();
    }

    private static Map<String, Object> tree(Calendar calendar, String text) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Trees.put(tree, "timezone", calendar.getTimezone());
        if (!calendar.getSource().isEmpty()) {
            tree.put("url", calendar.getSource());
        } else if (!calendar.getDates().isEmpty()) {
            tree.put("dates", List.of(calendar.getDates().split(",")));
        } else {
            tree.put("file", CalendarSpec.brief(text));
        }
        return tree;
    }

    /** iCalendar, where it was given as such; else empty. */
    private static String text(Api api, Calendar calendar) {
        boolean given = calendar.getSource().isEmpty() && calendar.getDates().isEmpty();
        return given
                ? api.calendars()
                        .exportCalendar(ExportCalendarRequest.newBuilder()
                                .setName(calendar.getName())
                                .build())
                        .getIcs()
                : "";
    }

    @Override
    public void remove(Api api, Present present) {
        var unused = api.calendars()
                .deleteCalendar(DeleteCalendarRequest.newBuilder()
                        .setName(present.name())
                        .setEtag(present.etag())
                        .build());
    }

    @Override
    public Exports export(Api api, boolean inline) {
        List<Exported> documents = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Calendar calendar : calendars(api)) {
            String text = text(api, calendar);
            Map<String, Object> tree = tree(calendar, text);
            Map<String, Object> spec = new LinkedHashMap<>(tree);
            Map<String, byte[]> beside = Map.of();
            if (!text.isEmpty() && inline) {
                spec.remove("file");
                spec.put("ics", text);
            } else if (!text.isEmpty()) {
                spec.put("file", calendar.getName() + ".ics");
                beside = Map.of(calendar.getName() + ".ics", text.getBytes(StandardCharsets.UTF_8));
            }
            documents.add(Exported.document(this, calendar.getName(), tree, spec, beside));
        }
        List<String> linked = calendars(api).stream()
                .filter(Predicate.not(calendar -> calendar.getSource().isEmpty()))
                .map(Calendar::getName)
                .toList();
        if (!linked.isEmpty()) {
            notes.add("Not written: the whole links of " + String.join(", ", linked)
                    + ", which may let in whoever has them. Such a file keeps the link that the controller has.");
        }
        return new Exports(documents, notes);
    }
}
