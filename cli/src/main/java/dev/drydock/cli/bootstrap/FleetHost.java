package dev.drydock.cli.bootstrap;

/** A host as the controller knows it. */
record FleetHost(String id, String name, boolean online, boolean revoked) {}
