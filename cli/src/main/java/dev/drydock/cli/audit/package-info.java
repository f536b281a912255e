/** Exports of the audit log, read and checked without a controller; docs/audit.md has their form. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.audit;
