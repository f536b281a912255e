package dev.drydock.controller.incident;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;

/** A run that is counted against a contract. */
public record ContractChange(String runId, MaintenanceType type, Cover cover) {}
