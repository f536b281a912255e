package dev.drydock.controller.store;

import dev.drydock.controller.contract.Contract;
import dev.drydock.controller.contract.ContractStore;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.ServiceHours;
import dev.drydock.controller.contract.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Contracts in SQL. */
public final class SqlContracts implements ContractStore {
    private final Store store;

    public SqlContracts(Store store) {
        this.store = store;
    }

    @Override
    public List<Contract> all() {
        return store.read(handle -> {
            Map<String, Map<MaintenanceType, Terms>> terms = terms(handle);
            return handle.createQuery("SELECT * FROM contracts ORDER BY name")
                    .map((row, context) -> read(row, terms.getOrDefault(row.getString("name"), Map.of())))
                    .list();
        });
    }

    private static Map<String, Map<MaintenanceType, Terms>> terms(Handle handle) {
        Map<String, Map<MaintenanceType, Terms>> terms = new HashMap<>();
        handle.createQuery("SELECT * FROM contract_terms")
                .map((row, context) -> Map.entry(
                        row.getString("contract"),
                        Map.entry(MaintenanceType.valueOf(row.getString("type")), terms(row))))
                .forEach(entry -> terms.computeIfAbsent(entry.getKey(), name -> new EnumMap<>(MaintenanceType.class))
                        .put(entry.getValue().getKey(), entry.getValue().getValue()));
        return terms;
    }

    private static Terms terms(ResultSet row) throws SQLException {
        int days = row.getInt("fix_days");
        OptionalInt fix = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(days);
        return new Terms(Columns.optionalDuration(row, "response"), fix, row.getBoolean("included"));
    }

    @Override
    public void put(Contract contract) {
        int unused = store.writeNow(handle -> {
            int written = bind(handle, contract);
            handle.execute("DELETE FROM contract_terms WHERE contract = ?", contract.name());
            contract.terms().forEach((type, terms) -> put(handle, contract.name(), type, terms));
            return written;
        });
    }

    private static int bind(Handle handle, Contract contract) {
        return handle.createUpdate("""
                        INSERT INTO contracts (name, client, hosts, zone, days, opens, closes, calendars, created_at)
                        VALUES (:name, :client, :hosts, :zone, :days, :opens, :closes, :calendars, :created)
                        ON CONFLICT (name) DO UPDATE SET client = excluded.client, hosts = excluded.hosts,
                          zone = excluded.zone, days = excluded.days, opens = excluded.opens, closes = excluded.closes,
                          calendars = excluded.calendars, created_at = excluded.created_at
                        """)
                .bind("name", contract.name())
                .bind("client", contract.client())
                .bind("hosts", contract.hosts())
                .bind("zone", contract.hours().zone().getId())
                .bind(
                        "days",
                        contract.hours().sortedDays().stream()
                                .map(DayOfWeek::name)
                                .collect(Collectors.joining(",")))
                .bind("opens", contract.hours().opens().toString())
                .bind("closes", contract.hours().closes().toString())
                .bind("calendars", String.join(",", contract.hours().calendars()))
                .bind("created", Columns.micros(contract.createdAt()))
                .execute();
    }

    private static void put(Handle handle, String contract, MaintenanceType type, Terms terms) {
        handle.createUpdate("""
                        INSERT INTO contract_terms (contract, type, response, fix_days, included)
                        VALUES (:contract, :type, :response, :fix, :included)
                        """)
                .bind("contract", contract)
                .bind("type", type.name())
                .bind(
                        "response",
                        terms.response()
                                .map(time -> time.dividedBy(ChronoUnit.MICROS.getDuration()))
                                .orElse(null))
                .bind(
                        "fix",
                        terms.fixDays().isPresent()
                                ? Integer.valueOf(terms.fixDays().getAsInt())
                                : null)
                .bind("included", terms.included())
                .execute();
    }

    @Override
    public void delete(String name) {
        int unused = store.writeNow(handle -> handle.execute("DELETE FROM contract_terms WHERE contract = ?", name)
                + handle.execute("DELETE FROM contracts WHERE name = ?", name));
    }

    private static Contract read(ResultSet row, Map<MaintenanceType, Terms> terms) throws SQLException {
        return new Contract(
                row.getString("name"),
                row.getString("client"),
                row.getString("hosts"),
                new ServiceHours(
                        ZoneId.of(row.getString("zone")),
                        parts(row.getString("days")).map(DayOfWeek::valueOf).collect(Collectors.toSet()),
                        LocalTime.parse(row.getString("opens")),
                        LocalTime.parse(row.getString("closes")),
                        parts(row.getString("calendars")).toList()),
                terms,
                Columns.instant(row, "created_at"));
    }

    private static Stream<String> parts(String text) {
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split(",", -1));
    }
}
