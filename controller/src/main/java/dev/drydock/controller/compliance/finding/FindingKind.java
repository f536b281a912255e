package dev.drydock.controller.compliance.finding;

/** What can be wrong with a host for a time. */
public enum FindingKind {
    /** A vulnerability that an update on offer mends. */
    VULNERABILITY,
    /** A security update that is not installed. */
    UPDATE,
    /** A reboot is required. */
    REBOOT,
    /** A part of a WordPress site is behind. */
    SITE
}
