package dev.drydock.controller.contract;

import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All contracts, on record and at hand. A change counts as soon as it is durable. No host that is there when a contract is made
 * is covered by two; where labels change later, the first by name covers it. Thread-safe.
 */
public final class Contracts {
    private static final int NAMED = 5;

    private final ContractStore store;
    private final Supplier<List<Host>> hosts;
    private final Predicate<String> calendars;
    private final InstantSource clock;
    private final Map<String, Contract> contracts = new TreeMap<>();
    private Map<Contract, Predicate<Host>> covers = Map.of();

    /**
     * Takes up what is on record.
     *
     * @param hosts that there are
     * @param calendars whether there is a calendar of this name
     */
    public Contracts(
            ContractStore store, Supplier<List<Host>> hosts, Predicate<String> calendars, InstantSource clock) {
        this.store = store;
        this.hosts = hosts;
        this.calendars = calendars;
        this.clock = clock;
        store.all().forEach(contract -> contracts.put(contract.name(), contract));
        changed();
    }

    /** By name. */
    public synchronized List<Contract> all() {
        return List.copyOf(contracts.values());
    }

    /** @throws UnknownContractException there is none */
    public synchronized Contract find(String name) {
        return known(name).orElseThrow(() -> new UnknownContractException(name));
    }

    /** The one that covers this host. */
    public synchronized Optional<Contract> of(Host host) {
        return covers.entrySet().stream()
                .filter(entry -> entry.getValue().test(host))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Idempotent: the same again changes nothing.
     *
     * @throws InvalidContractException with all that is wrong with it
     * @throws ContractExistsException another has its name, and it is not to be replaced
     * @throws ChangedMeanwhileException there is none with the draft's etag any more
     */
    public synchronized Contract create(ContractDraft draft) throws InvalidContractException {
        Contract asked = check(draft);
        Optional<Contract> there = known(draft.name());
        if (!draft.etag().isEmpty()
                && there.filter(contract -> contract.etag().equals(draft.etag()))
                        .isEmpty()) {
            throw new ChangedMeanwhileException("contract " + draft.name());
        }
        if (there.filter(asked::equals).isEmpty()) {
            store.put(asked);
            contracts.put(asked.name(), asked);
            changed();
        }
        return asked;
    }

    /** What {@link #create} would give, or throw, but for an etag that is not that of the one that is there. Changes nothing. */
    public synchronized Contract check(ContractDraft draft) throws InvalidContractException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Contract asked = draft.validate(now, calendars);
        Optional<Contract> there = known(draft.name());
        if (there.isPresent() && asked.same(there.get())) {
            return there.get();
        }
        List<String> twice = twice(asked);
        if (!twice.isEmpty()) {
            throw new InvalidContractException(twice);
        }
        if (there.isPresent() && !draft.replace()) {
            throw new ContractExistsException(draft.name());
        }
        return asked;
    }

    /** Hosts that it covers and another does too, a line for each of the others. */
    public synchronized List<String> twice(Contract asked) {
        Predicate<Host> covered = asked.covers();
        Map<String, List<String>> others = new TreeMap<>();
        for (Host host : hosts.get()) {
            if (covered.test(host)) {
                covers.forEach((other, also) -> {
                    if (!other.name().equals(asked.name()) && also.test(host)) {
                        others.computeIfAbsent(other.name(), name -> new ArrayList<>())
                                .add(host.getName());
                    }
                });
            }
        }
        return others.entrySet().stream()
                .map(entry -> "hosts: contract " + entry.getKey() + " covers " + some(entry.getValue())
                        + " too; expected no host in two contracts")
                .toList();
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /**
     * @param etag of the one that is meant; empty: whatever is there
     * @throws UnknownContractException there is none
     * @throws ChangedMeanwhileException there is another
     */
    public synchronized void delete(String name, String etag) {
        if (!etag.isEmpty() && !find(name).etag().equals(etag)) {
            throw new ChangedMeanwhileException("contract " + name);
        }
        store.delete(find(name).name());
        contracts.remove(name);
        changed();
    }

    private void changed() {
        Map<Contract, Predicate<Host>> all = new LinkedHashMap<>();
        contracts.values().forEach(contract -> all.put(contract, contract.covers()));
        covers = all;
    }

    private Optional<Contract> known(String name) {
        return Optional.ofNullable(contracts.get(name));
    }
}
