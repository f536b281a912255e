package dev.drydock.controller.calendar;

import dev.drydock.controller.calendar.CalendarSource.Draft;
import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.naming.ResourceName;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CalendarDates;
import dev.drydock.controller.window.InvalidCalendarException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calendars, on record and as they are read. What they say is at hand without waiting; a change counts as soon as it is
 * durable. What cannot be fetched or read leaves what was there. Thread-safe.
 */
public final class CalendarLibrary implements Blackouts.Source {
    private static final Logger log = LoggerFactory.getLogger(CalendarLibrary.class);

    private final CalendarStore store;
    private final CalendarFetch fetch;
    private final InstantSource clock;
    private final Object changing = new Object();
    private final Map<String, Calendar> calendars = new TreeMap<>();
    private final Map<String, BlackoutCalendar> read = new HashMap<>();
    private volatile Blackouts blackouts = Blackouts.NONE;

    public CalendarLibrary(CalendarStore store, CalendarFetch fetch, InstantSource clock) {
        this.store = store;
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Takes up what is on record. To be called once, before anybody decides by it. */
    public void open() {
        synchronized (changing) {
            store.all().forEach(this::put);
        }
    }

    @Override
    public Blackouts get() {
        return blackouts;
    }

    /** By name. */
    public List<Calendar> all() {
        synchronized (changing) {
            return List.copyOf(calendars.values());
        }
    }

    /** @throws UnknownCalendarException there is none */
    public Calendar find(String name) {
        synchronized (changing) {
            return Optional.ofNullable(calendars.get(name)).orElseThrow(() -> new UnknownCalendarException(name));
        }
    }

    /** Windows, contracts and rollouts that name it. */
    public List<String> usersOf(String name) {
        return store.usersOf(name);
    }

    /**
     * Idempotent: the same again changes nothing. One of a URL is made whether it can be fetched now or not.
     *
     * @throws InvalidCalendarException what is wrong with it, and where; nothing was changed
     * @throws CalendarExistsException another has its name, and it is not to be replaced
     * @throws ChangedMeanwhileException there is none with the draft's etag any more
     */
    public Calendar create(Draft draft) throws InvalidCalendarException {
        Calendar asked = asked(draft);
        Optional<Calendar> there = known(asked.name());
        if (there.isPresent() && asked.asks(there.get())) {
            return there.get();
        }
        Calendar calendar = asked.url().isPresent() ? fetched(asked) : asked;
        if (there.isPresent() && draft.replace() && !calendar.problem().isEmpty()) {
            throw new InvalidCalendarException(
                    "url: " + calendar.problem() + "; the calendar that is there stays as it is");
        }
        synchronized (changing) {
            requireSame(known(calendar.name()), calendar.name(), draft.etag());
            Optional<Calendar> other = store.insert(calendar);
            if (other.isPresent()) {
                if (!draft.replace()) {
                    throw new CalendarExistsException(calendar.name());
                }
                store.replace(calendar);
            }
            put(calendar);
            return calendar;
        }
    }

    /**
     * What would be wrong with {@link #create}; nothing is fetched or changed.
     *
     * @return what is there, where it is the same; else what was asked for, not read yet where it has a URL
     */
    public Calendar check(Draft draft) throws InvalidCalendarException {
        Calendar asked = asked(draft);
        Optional<Calendar> there = known(asked.name());
        if (there.isPresent() && asked.asks(there.get())) {
            return there.get();
        }
        if (there.isPresent() && !draft.replace()) {
            throw new CalendarExistsException(asked.name());
        }
        return asked;
    }

    private static void requireSame(Optional<Calendar> there, String name, String etag) {
        if (!etag.isEmpty()
                && there.filter(calendar -> calendar.revision().equals(etag)).isEmpty()) {
            throw new ChangedMeanwhileException("calendar " + name);
        }
    }

    private Optional<Calendar> known(String name) {
        synchronized (changing) {
            return Optional.ofNullable(calendars.get(name));
        }
    }

    private Calendar asked(Draft draft) throws InvalidCalendarException {
        Optional<String> unnamed = ResourceName.problem(draft.name());
        if (unnamed.isPresent()) {
            throw new InvalidCalendarException(unnamed.get());
        }
        Instant now = now();
        return switch (draft.source()) {
            case CalendarSource.Url(URI url) ->
                new Calendar(
                        draft.name(),
                        Optional.of(HttpCalendarFetch.allowed(url)),
                        draft.zone(),
                        Optional.empty(),
                        "",
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.empty());
            case CalendarSource.File(String text) -> given(draft, text, now);
            case CalendarSource.Dates(String text) -> given(draft, CalendarDates.iCalendar(draft.name(), text), now);
        };
    }

    private static Calendar given(Draft draft, String text, Instant now) throws InvalidCalendarException {
        parse(draft.name(), text, draft.zone());
        return new Calendar(
                draft.name(),
                Optional.empty(),
                draft.zone(),
                Optional.of(text),
                "",
                now,
                Optional.of(now),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static BlackoutCalendar parse(String name, String text, Optional<ZoneId> zone)
            throws InvalidCalendarException {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BlackoutCalendar.LARGEST) {
            throw new InvalidCalendarException(
                    "it has " + bytes + " bytes; a calendar has at most " + BlackoutCalendar.LARGEST);
        }
        return BlackoutCalendar.parse(name, text, zone);
    }

    /** Fetches it now. What cannot be fetched or read is noted and leaves what was there. */
    public Calendar refresh(String name) {
        Calendar before = find(name);
        if (before.url().isEmpty()) {
            return before;
        }
        Calendar after = fetched(before);
        synchronized (changing) {
            if (!store.refreshed(after)) {
                return find(name); // replaced or deleted meanwhile
            }
            put(after);
            return after;
        }
    }

    private Calendar fetched(Calendar before) {
        try {
            Optional<CalendarFetch.Fetched> fetched = fetch.fetch(before.url().orElseThrow(), before.etag());
            if (fetched.isEmpty()) {
                return before.unchanged(now());
            }
            parse(before.name(), fetched.get().text(), before.zone());
            return before.read(fetched.get().text(), fetched.get().etag(), now());
        } catch (IOException | InvalidCalendarException e) {
            log.warn("calendar {} from {} could not be read: {}", before.name(), before.source(), e.getMessage());
            return before.failed(String.valueOf(e.getMessage()), now());
        }
    }

    /**
     * @param etag of the one that is meant; empty: whatever is there
     * @throws UnknownCalendarException there is none
     * @throws ChangedMeanwhileException there is another
     * @throws CalendarInUseException windows or rollouts name it
     */
    public void delete(String name, String etag) {
        synchronized (changing) {
            requireSame(Optional.of(find(name)), name, etag);
            List<String> users = store.delete(name);
            if (!users.isEmpty()) {
                throw new CalendarInUseException(name, users);
            }
            calendars.remove(name);
            read.remove(name);
            blackouts = new Blackouts(read);
        }
    }

    private void put(Calendar calendar) {
        Calendar before = calendars.put(calendar.name(), calendar);
        boolean same = before != null
                && before.content().equals(calendar.content())
                && before.zone().equals(calendar.zone());
        if (same && read.containsKey(calendar.name())) {
            return;
        }
        read.remove(calendar.name());
        calendar.content().ifPresent(text -> {
            try {
                read.put(calendar.name(), parse(calendar.name(), text, calendar.zone()));
            } catch (InvalidCalendarException e) {
                // Taken by an earlier release; what it forbids is not known now.
                log.error("calendar {} on record cannot be read: {}", calendar.name(), e.getMessage());
                calendars.put(calendar.name(), calendar.failed(String.valueOf(e.getMessage()), now()));
            }
        });
        blackouts = new Blackouts(read);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
