package dev.drydock.controller.contract;

import java.util.Locale;

/** What a change is made for (ISO/IEC/IEEE 14764): as its playbook says, or an emergency where its rollout is one. */
public enum MaintenanceType {
    CORRECTIVE,
    PREVENTIVE,
    ADAPTIVE,
    PERFECTIVE,
    EMERGENCY;

    /** {@code corrective}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
