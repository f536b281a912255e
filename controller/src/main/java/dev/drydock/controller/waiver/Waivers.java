package dev.drydock.controller.waiver;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All waivers, on record and at hand. None is ever removed or changed in what it says. Thread-safe. */
public final class Waivers {
    private final WaiverStore store;
    private final InstantSource clock;
    private final Map<String, Waiver> waivers = new TreeMap<>();

    /** Takes up what is on record. */
    public Waivers(WaiverStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.all().forEach(waiver -> waivers.put(waiver.name(), waiver));
    }

    /** By name, those that are over too. */
    public synchronized List<Waiver> all() {
        return List.copyOf(waivers.values());
    }

    /** Those that count now. */
    public List<Waiver> standing(Instant now) {
        return all().stream()
                .filter(waiver -> waiver.state(now) == Waiver.State.STANDING)
                .toList();
    }

    /** @throws UnknownWaiverException there is none */
    public synchronized Waiver find(String name) {
        return Optional.ofNullable(waivers.get(name)).orElseThrow(() -> new UnknownWaiverException(name));
    }

    /**
     * Asks for one. The same again by the same person changes nothing.
     *
     * @throws InvalidWaiverException with all that is wrong with it
     * @throws WaiverExistsException another has its name
     */
    public synchronized Waiver ask(WaiverDraft draft, String by) throws InvalidWaiverException {
        Waiver asked = draft.validate(by, now());
        Waiver there = waivers.get(asked.name());
        if (there != null) {
            if (there.same(asked)) {
                return there;
            }
            throw new WaiverExistsException(asked.name());
        }
        return put(asked);
    }

    /**
     * Approves one that was asked for. By who approved it already: changes nothing.
     *
     * @throws WaiverRefusedException who asked for it may not, and one that is over cannot be approved any more
     */
    public synchronized Waiver approve(String name, String by) {
        Waiver waiver = find(name);
        Instant now = now();
        if (waiver.askedBy().equals(by)) {
            throw new WaiverRefusedException(
                    "You asked for waiver " + name + " yourself: another person has to approve it.");
        }
        return switch (waiver.state(now)) {
            case STANDING -> waiver;
            case ASKED -> put(waiver.approvedBy(by, now));
            case EXPIRED ->
                throw new WaiverRefusedException(
                        "Waiver " + name + " expired at " + waiver.expiresAt() + ". Ask for a new one.");
            case REVOKED -> throw new WaiverRefusedException("Waiver " + name + " was revoked. Ask for a new one.");
        };
    }

    /** Ends one before its time, or turns it down. One that is revoked stays as it is. */
    public synchronized Waiver revoke(String name, String by) {
        Waiver waiver = find(name);
        return waiver.revoked().isPresent() ? waiver : put(waiver.revokedBy(by, now()));
    }

    private Waiver put(Waiver waiver) {
        store.put(waiver);
        waivers.put(waiver.name(), waiver);
        return waiver;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
