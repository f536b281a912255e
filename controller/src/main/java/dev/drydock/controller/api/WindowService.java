package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.feed.WindowFeeds;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Slot;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.controller.window.WindowExistsException;
import dev.drydock.controller.window.Windows;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.CreateWindowFeedRequest;
import dev.drydock.proto.v1.CreateWindowFeedResponse;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.DeleteWindowResponse;
import dev.drydock.proto.v1.ExportWindowsRequest;
import dev.drydock.proto.v1.ExportWindowsResponse;
import dev.drydock.proto.v1.GetWindowRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.ListWindowsResponse;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.RevokeWindowFeedsRequest;
import dev.drydock.proto.v1.RevokeWindowFeedsResponse;
import dev.drydock.proto.v1.SimulateWindowRequest;
import dev.drydock.proto.v1.SimulateWindowResponse;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceImplBase;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maintenance windows. */
public final class WindowService extends WindowServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(WindowService.class);
    private static final int DEFAULT_OPENINGS = 10;
    private static final int MOST_OPENINGS = 1_000;
    private static final int MOST_LOOKED_AT = 20_000;
    private static final Duration LONGEST_SPAN = Duration.ofDays(12 * 366);

    private final Windows windows;
    private final CalendarLibrary calendars;
    private final HostDirectory hosts;
    private final HostRules.Source rules;
    private final WindowFeeds feeds;
    private final OptionalInt feedPort;
    private final InstantSource clock;

    /** @param feedPort where feeds are served; empty: they are not */
    public WindowService(
            Windows windows,
            CalendarLibrary calendars,
            HostDirectory hosts,
            HostRules.Source rules,
            WindowFeeds feeds,
            OptionalInt feedPort,
            InstantSource clock) {
        this.windows = windows;
        this.calendars = calendars;
        this.hosts = hosts;
        this.rules = rules;
        this.feeds = feeds;
        this.feedPort = feedPort;
        this.clock = clock;
    }

    @Override
    public void createWindow(CreateWindowRequest request, StreamObserver<Window> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            WindowDraft draft = WindowMapper.draft(request.getWindow(), problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            return WindowMapper.message(request.getValidateOnly() ? validated(request, draft) : made(request, draft));
        });
    }

    private dev.drydock.controller.window.Window validated(CreateWindowRequest request, WindowDraft draft)
            throws InvalidWindowException {
        dev.drydock.controller.window.Window window = draft.validate();
        if (!request.getReplace()
                && windows.find(window.name())
                        .filter(there -> !there.equals(window))
                        .isPresent()) {
            throw new WindowExistsException(window.name());
        }
        return window;
    }

    private dev.drydock.controller.window.Window made(CreateWindowRequest request, WindowDraft draft)
            throws InvalidWindowException {
        // One at a time, so that two windows cannot be made that contradict each other.
        synchronized (windows) {
            agreeing(draft.validate());
            if (!request.getReplace()) {
                return windows.create(draft);
            }
            Optional<dev.drydock.controller.window.Window> before = windows.find(draft.name());
            dev.drydock.controller.window.Window after = windows.replace(draft, request.getEtag());
            if (!before.equals(Optional.of(after))) {
                log.info("window {} was changed by {}: {} -> {}", after.name(), Caller.name(), before, after);
            }
            return after;
        }
    }

    @Override
    public void listWindows(ListWindowsRequest request, StreamObserver<ListWindowsResponse> call) {
        Calls.answer(call, () -> {
            Pages.Page<dev.drydock.controller.window.Window> page = Pages.of(
                            request.getPageSize(), Pages.LARGEST, request.getPageToken(), "windows")
                    .of(windows.list(), dev.drydock.controller.window.Window::name);
            return ListWindowsResponse.newBuilder()
                    .addAllWindows(
                            page.items().stream().map(WindowMapper::message).toList())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    @Override
    public void getWindow(GetWindowRequest request, StreamObserver<Window> call) {
        Calls.answer(call, () -> shown(window(request.getName())));
    }

    @Override
    public void deleteWindow(DeleteWindowRequest request, StreamObserver<DeleteWindowResponse> call) {
        Calls.answer(call, () -> {
            if (!windows.delete(request.getName(), request.getEtag())) {
                throw unknown(request.getName());
            }
            log.info("window {} was deleted by {}", request.getName(), Caller.name());
            feeds.revoke(request.getName());
            return DeleteWindowResponse.getDefaultInstance();
        });
    }

    @Override
    public void nextOpenings(NextOpeningsRequest request, StreamObserver<NextOpeningsResponse> call) {
        Calls.answer(call, () -> {
            int count = request.getCount() == 0 ? DEFAULT_OPENINGS : request.getCount();
            if (count < 0 || count > MOST_OPENINGS) {
                throw Refusals.invalid(List.of("count: " + count + " is not between 1 and " + MOST_OPENINGS));
            }
            dev.drydock.controller.window.Window window = window(request.getName());
            return WindowMapper.next(
                    new Openings(window, calendars.get()).slots(clock.instant(), count, MOST_LOOKED_AT),
                    warnings(window),
                    MOST_OPENINGS);
        });
    }

    @Override
    public void simulateWindow(SimulateWindowRequest request, StreamObserver<SimulateWindowResponse> call) {
        Calls.answer(call, () -> {
            dev.drydock.controller.window.Window window = window(request.getName());
            Instant from = Times.instant(request.getFrom());
            Instant to = Times.instant(request.getTo());
            if (!from.isBefore(to) || to.isAfter(from.plus(LONGEST_SPAN))) {
                throw Refusals.invalid(List.of("to: " + to + " is not between the begin, " + from + ", and "
                        + LONGEST_SPAN.toDays() + " days after it"));
            }
            Openings openings = new Openings(window, calendars.get());
            List<Slot> slots = openings.between(from, to);
            if (slots.size() > MOST_LOOKED_AT) {
                throw Refusals.invalid(List.of("to: there are " + slots.size() + " openings until then; at most "
                        + MOST_LOOKED_AT + " are shown at once"));
            }
            return SimulateWindowResponse.newBuilder()
                    .addAllWarnings(warnings(window))
                    .addAllOpenings(slots.stream()
                            .map(slot -> WindowMapper.simulated(slot, openings.daylight(slot.byRule())))
                            .toList())
                    .build();
        });
    }

    @Override
    public void exportWindows(ExportWindowsRequest request, StreamObserver<ExportWindowsResponse> call) {
        Calls.answer(call, () -> ExportWindowsResponse.newBuilder()
                .setIcs(feeds.export(request.getName()).orElseThrow(() -> unknown(request.getName())))
                .build());
    }

    @Override
    public void createWindowFeed(CreateWindowFeedRequest request, StreamObserver<CreateWindowFeedResponse> call) {
        Calls.answer(call, () -> {
            if (!request.getName().equals(WindowFeeds.ALL)) {
                window(request.getName());
            }
            int port = feedPort.orElseThrow(
                    () -> Refusals.refused("The controller serves no feeds. Start it with --feed-listen HOST:PORT."));
            return CreateWindowFeedResponse.newBuilder()
                    .setPath(feeds.subscribe(request.getName()))
                    .setPort(port)
                    .setSubscriptions(feeds.subscriptions(request.getName()))
                    .build();
        });
    }

    @Override
    public void revokeWindowFeeds(RevokeWindowFeedsRequest request, StreamObserver<RevokeWindowFeedsResponse> call) {
        Calls.answer(call, () -> RevokeWindowFeedsResponse.newBuilder()
                .setRevoked(feeds.revoke(request.getName()))
                .build());
    }

    /** @throws InvalidWindowException it and one that is there contradict each other for hosts that there are */
    private void agreeing(dev.drydock.controller.window.Window made) throws InvalidWindowException {
        List<dev.drydock.controller.window.Window> all = new ArrayList<>(windows.list());
        if (made.hosts().isEmpty() || all.contains(made)) {
            return;
        }
        all.removeIf(former -> former.name().equals(made.name()));
        all.add(made);
        List<String> problems = new HostRules(all, clock.instant()).contradictions(made.name(), fleet());
        if (!problems.isEmpty()) {
            throw new InvalidWindowException(
                    problems.stream().map(problem -> "hosts: " + problem).toList());
        }
    }

    private Window shown(dev.drydock.controller.window.Window window) {
        return WindowMapper.message(window).toBuilder()
                .addAllConflicts(rules.get().contradictions(window.name(), seen()))
                .build();
    }

    private List<Host> seen() {
        return fleet().stream().filter(Caller.views()).toList();
    }

    private List<Host> fleet() {
        return hosts.all().stream().map(HostView::facts).toList();
    }

    private dev.drydock.controller.window.Window window(String name) {
        return windows.find(name).orElseThrow(() -> unknown(name));
    }

    private List<String> warnings(dev.drydock.controller.window.Window window) {
        return calendars.all().stream()
                .filter(calendar -> window.calendars().contains(calendar.name()))
                .flatMap(calendar -> CalendarMapper.warning(calendar).stream())
                .toList();
    }

    private StatusRuntimeException unknown(String name) {
        return Refusals.notFound(
                "window",
                name,
                windows.list().stream()
                        .map(dev.drydock.controller.window.Window::name)
                        .toList());
    }
}
