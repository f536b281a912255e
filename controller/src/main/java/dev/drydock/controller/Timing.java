package dev.drydock.controller;

import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.calendar.CalendarRefresher;
import dev.drydock.controller.calendar.HttpCalendarFetch;
import dev.drydock.controller.feed.FeedServer;
import dev.drydock.controller.feed.WindowFeeds;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlFeeds;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Windows;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;

/** When hosts may be patched: windows, the calendars that close them, and the feeds that tell of both. */
record Timing(Windows windows, CalendarLibrary calendars, HostRules.Source hostRules, WindowFeeds feeds) {
    private static final Duration CALENDAR_PATIENCE = Duration.ofSeconds(30);

    static Timing open(SqlStore store, Closing closing, InstantSource clock, SecureRandom random) {
        Windows windows = new SqlWindows(store);
        CalendarLibrary calendars = new CalendarLibrary(
                new SqlCalendars(store),
                closing.add("fetching calendars", new HttpCalendarFetch(CALENDAR_PATIENCE)),
                clock);
        calendars.open();
        return new Timing(
                windows,
                calendars,
                new CurrentHostRules(windows, clock),
                new WindowFeeds(new SqlFeeds(store), windows, calendars, clock, random));
    }

    void refresh(Closing closing, InstantSource clock) {
        closing.add("refreshing calendars", new CalendarRefresher(calendars, clock))
                .start();
    }

    /** @return where feeds are served, if they are */
    OptionalInt serve(ControllerOptions options, ServerCertificates certificates, Closing closing)
            throws StartException {
        if (options.feedListen().isEmpty()) {
            return OptionalInt.empty();
        }
        InetSocketAddress address = options.feedListen().get();
        FeedServer server = closing.add(
                "feeds",
                Listening.open(
                        "feeds",
                        "--feed-listen",
                        address,
                        () -> FeedServer.start(address, certificates.keyManagerFactory(), feeds)));
        return OptionalInt.of(server.port());
    }
}
