package dev.drydock.controller.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Contracts for tests. */
public final class TestContracts {
    private TestContracts() {}

    /** Four hours and two business days for what is preventive, for hosts of this role. */
    public static ContractDraft of(String name, String role) {
        return new ContractDraft(
                name,
                name + " Ltd",
                "host.labels[\"role\"] == \"" + role + "\"",
                "Europe/Berlin",
                List.of(),
                "",
                "",
                List.of(),
                Map.of(
                        MaintenanceType.PREVENTIVE,
                        terms(4, 2, true),
                        MaintenanceType.ADAPTIVE,
                        new Terms(Optional.empty(), OptionalInt.empty(), false)),
                false,
                "");
    }

    public static Terms terms(int hours, int days, boolean included) {
        return new Terms(Optional.of(Duration.ofHours(hours)), OptionalInt.of(days), included);
    }

    static ContractDraft replacing(ContractDraft draft, String client, String etag) {
        return new ContractDraft(
                draft.name(),
                client,
                draft.hosts(),
                draft.zone(),
                draft.days(),
                draft.opens(),
                draft.closes(),
                draft.calendars(),
                draft.terms(),
                true,
                etag);
    }
}
