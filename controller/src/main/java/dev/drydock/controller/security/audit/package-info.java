/**
 * The audit log: what was done, by whom, from where and with what end, in a chain of hashes. What happens is told to {@code AuditTrail};
 * {@code AuditRecorder} knows of calls and of failures that repeat; {@code AuditLog} is where it is kept. The format is in
 * docs/audit.md: the command line has a reader of its own, which checks exports without a controller.
 */
@NullMarked
package dev.drydock.controller.security.audit;

import org.jspecify.annotations.NullMarked;
