package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.DeleteContractRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Service contracts. */
final class ContractKind implements Kind {
    static final String WORD = "Contract";

    private static final Set<String> SPEC = Set.of("client", "hosts", "zone", "days", "hours", "calendars", "cover");
    private static final List<String> DAYS = List.of("monday", "tuesday", "wednesday", "thursday", "friday");
    private static final String HOURS = "09:00-18:00";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String folder() {
        return "contracts";
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
        List<String> days = reading.items(spec, "days", "a day such as monday").stream()
                .map(Reading.Item::value)
                .toList();
        String[] hours = hours(spec);
        Contract contract = Contract.newBuilder()
                .setName(head.name())
                .setClient(Reading.required(spec, "client", "whom it is with"))
                .setHosts(Reading.required(spec, "hosts", "the hosts that it covers, as CEL over host"))
                .setZone(Reading.required(spec, "zone", "an IANA time zone such as Asia/Tokyo"))
                .addAllDays(days.isEmpty() ? DAYS : days)
                .setOpens(hours[0])
                .setCloses(hours[1])
                .addAllCalendars(calendars.stream().map(Reading.Item::value).toList())
                .addAllTerms(ContractCover.read(reading, spec))
                .build();
        List<Reference> needs = calendars.stream()
                .map(calendar -> new Reference(CalendarKind.WORD, calendar.value(), calendar.path(), calendar.at()))
                .toList();
        return Optional.of(new Declared(
                this, head.name(), reading.source().file(), head.at(), tree(contract), needs, new Made(contract)));
    }

    private static String[] hours(Fields spec) {
        String text = Reading.text(spec, "hours");
        String[] parts = (text.isEmpty() ? HOURS : text).split("-", -1);
        if (parts.length != 2) {
            spec.wrong("hours", "two local times such as " + HOURS);
            return HOURS.split("-", -1);
        }
        return parts;
    }

    static Map<String, Object> tree(Contract contract) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("client", contract.getClient());
        tree.put("hosts", contract.getHosts());
        tree.put("zone", contract.getZone());
        List<String> days = ContractCover.days(contract.getDaysList());
        if (!days.equals(DAYS)) {
            Trees.put(tree, "days", days);
        }
        String hours = ContractCover.time(contract.getOpens()) + "-" + ContractCover.time(contract.getCloses());
        if (!hours.equals(HOURS)) {
            tree.put("hours", hours);
        }
        Trees.put(
                tree,
                "calendars",
                contract.getCalendarsList().stream().sorted().distinct().toList());
        Trees.put(tree, "cover", ContractCover.tree(contract.getTermsList()));
        return tree;
    }

    private record Made(Contract contract) implements Declared.Making {
        @Override
        public Finding check(Api api, Optional<Present> present) {
            return Answers.finding(() -> api.contracts()
                    .createContract(request().setValidateOnly(true).build()));
        }

        @Override
        public void make(Api api, Optional<Present> present) {
            Contract unused = api.contracts()
                    .createContract(request()
                            .setReplace(present.isPresent())
                            .setEtag(present.map(Present::etag).orElse(""))
                            .build());
        }

        private CreateContractRequest.Builder request() {
            return CreateContractRequest.newBuilder()
                    .setName(contract.getName())
                    .setClient(contract.getClient())
                    .setHosts(contract.getHosts())
                    .setZone(contract.getZone())
                    .addAllDays(contract.getDaysList())
                    .setOpens(contract.getOpens())
                    .setCloses(contract.getCloses())
                    .addAllCalendars(contract.getCalendarsList())
                    .addAllTerms(contract.getTermsList());
        }
    }

    @Override
    public List<Present> present(Api api, List<Declared> declared, boolean prune) {
        return contracts(api).stream()
                .map(contract -> Present.of(this, contract.getName(), tree(contract), contract.getEtag()))
                .toList();
    }

    private static List<Contract> contracts(Api api) {
        return api.contracts()
                .listContracts(ListContractsRequest.getDefaultInstance())
                .getContractsList();
    }

    @Override
    public void remove(Api api, Present present) {
        var unused = api.contracts()
                .deleteContract(DeleteContractRequest.newBuilder()
                        .setName(present.name())
                        .setEtag(present.etag())
                        .build());
    }

    @Override
    public Exports export(Api api, boolean inline) {
        return Exports.of(contracts(api).stream()
                .map(contract -> Exported.document(this, contract.getName(), tree(contract), tree(contract), Map.of()))
                .toList());
    }
}
