package dev.drydock.controller.security;

import java.time.Instant;

/** Somebody whom the management plane lets in. */
public record User(String name, Role role, Instant createdAt) {}
