package dev.drydock.controller.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.calendar.CalendarInUseException;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.calendar.CalendarSource;
import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.facts.v1.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database. */
final class ContractsTest {
    private static final ContractDraft SHOP = TestContracts.of("shop", "web");

    @TempDir
    Path directory;

    private final List<Host> hosts = new ArrayList<>(List.of(host("web-01", "web"), host("db-01", "db")));
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private SqlStore store;
    private Contracts contracts;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        contracts = contracts();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Host host(String name, String role) {
        return Host.newBuilder()
                .setId(name)
                .setName(name)
                .putLabels("role", role)
                .build();
    }

    private Contracts contracts() {
        return new Contracts(new SqlContracts(store), () -> hosts, Set.of("holidays")::contains, () -> now);
    }

    @Test
    void isThereAfterARestartAsItWas() throws InvalidContractException {
        Contract made = contracts.create(new ContractDraft(
                "shop",
                "Shop Ltd",
                "true",
                "Asia/Tokyo",
                List.of("saturday", "MONDAY"),
                "08:30",
                "00:00",
                List.of("holidays"),
                Map.of(
                        MaintenanceType.EMERGENCY,
                        TestContracts.terms(1, 3, true),
                        MaintenanceType.PERFECTIVE,
                        new Terms(Optional.empty(), OptionalInt.empty(), false)),
                false,
                ""));

        assertThat(contracts().all()).containsExactly(made);
        assertThat(contracts().all().getFirst().etag()).isEqualTo(made.etag());
        assertThat(made.hours().sortedDays()).extracting(Enum::name).containsExactly("MONDAY", "SATURDAY");
    }

    @Test
    void theSameAgainChangesNothingAndAnotherHasToReplaceIt() throws InvalidContractException {
        Contract made = contracts.create(SHOP);
        now = now.plusSeconds(60);

        assertThat(contracts.create(SHOP)).isEqualTo(made);
        ContractDraft other = TestContracts.replacing(SHOP, "Another", "");
        assertThat(contracts.check(other).client()).isEqualTo("Another");
        assertThat(contracts.all()).containsExactly(made);
        assertThat(contracts.create(other).createdAt()).isEqualTo(now);
        assertThatThrownBy(() -> contracts.create(SHOP)).isInstanceOf(ContractExistsException.class);
        assertThatThrownBy(() -> contracts.create(TestContracts.replacing(SHOP, "Third", made.etag())))
                .isInstanceOf(ChangedMeanwhileException.class);
        assertThatThrownBy(() -> contracts.delete("shop", made.etag())).isInstanceOf(ChangedMeanwhileException.class);
        contracts.delete("shop", "");
        assertThat(contracts().all()).isEmpty();
        assertThatThrownBy(() -> contracts.delete("shop", "")).isInstanceOf(UnknownContractException.class);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        ContractDraft wrong = new ContractDraft(
                "S H O P",
                " ",
                "host.labels.role =",
                "Mars/Olympus",
                List.of("Funday"),
                "18:00",
                "9",
                List.of("nowhere"),
                Map.of(
                        MaintenanceType.CORRECTIVE,
                        new Terms(Optional.of(Duration.ofDays(32)), OptionalInt.of(400), true)),
                false,
                "");

        assertThatThrownBy(() -> contracts.create(wrong))
                .isInstanceOf(InvalidContractException.class)
                .hasMessageContainingAll(
                        "name: 'S H O P'",
                        "client: ' '",
                        "hosts: ",
                        "zone: 'Mars/Olympus'",
                        "days: 'Funday'",
                        "closes: '9' is no time of day",
                        "calendars: there is no calendar 'nowhere'",
                        "corrective: a response within 32d",
                        "corrective: a fix within 400 business days");
        assertThat(contracts.all()).isEmpty();
    }

    @Test
    void noHostIsCoveredByTwo() throws InvalidContractException {
        Contract shop = contracts.create(SHOP);
        ContractDraft all =
                new ContractDraft("all", "All", "true", "UTC", List.of(), "", "", List.of(), SHOP.terms(), false, "");

        assertThatThrownBy(() -> contracts.create(all))
                .isInstanceOf(InvalidContractException.class)
                .hasMessage("hosts: contract shop covers web-01 too; expected no host in two contracts");

        // Labels that change later are not refused, and the first by name has the host.
        hosts.set(0, host("web-01", "none"));
        Contract second = contracts.create(all);
        hosts.set(0, host("web-01", "web"));
        assertThat(contracts.of(hosts.getFirst())).contains(second);
        assertThat(contracts.twice(shop)).hasSize(1);
        contracts.delete("all", "");
        assertThat(contracts.of(hosts.getFirst())).contains(shop);
        assertThat(contracts.of(hosts.getLast())).isEmpty();
    }

    @Test
    void coversWhatItSaysFromTheTimeOn() throws InvalidContractException {
        Contract shop = contracts.create(SHOP);
        Instant tuesday = Instant.parse("2026-11-24T12:00:00Z");

        Cover preventive = shop.cover(MaintenanceType.PREVENTIVE, tuesday, Blackouts.NONE);

        assertThat(preventive.scope()).isEqualTo(Scope.IN_SCOPE);
        assertThat(preventive.included()).isTrue();
        assertThat(preventive.responseDue()).contains(Instant.parse("2026-11-24T16:00:00Z"));
        assertThat(preventive.fixDue()).contains(Instant.parse("2026-11-26T17:00:00Z"));
        Cover adaptive = shop.cover(MaintenanceType.ADAPTIVE, tuesday, Blackouts.NONE);
        assertThat(adaptive)
                .isEqualTo(new Cover(Scope.IN_SCOPE, "shop", "shop Ltd", false, Optional.empty(), Optional.empty()));
        assertThat(shop.cover(MaintenanceType.EMERGENCY, tuesday, Blackouts.NONE)
                        .scope())
                .isEqualTo(Scope.OUT_OF_SCOPE);
    }

    @Test
    void aCalendarThatItNamesIsNotDeleted() throws Exception {
        CalendarLibrary library = new CalendarLibrary(
                new SqlCalendars(store),
                (url, etag) -> {
                    throw new AssertionError("nothing is fetched");
                },
                () -> now);
        var unused = library.create(new CalendarSource.Draft(
                "holidays", new CalendarSource.Dates("2026-12-25"), Optional.empty(), false, ""));
        var contract = contracts.create(new ContractDraft(
                "shop", "Shop", "true", "UTC", List.of(), "", "", List.of("holidays"), SHOP.terms(), false, ""));

        assertThatThrownBy(() -> library.delete("holidays", ""))
                .isInstanceOf(CalendarInUseException.class)
                .hasMessageContaining("contract " + contract.name());
    }
}
