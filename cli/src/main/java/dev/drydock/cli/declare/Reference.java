package dev.drydock.cli.declare;

import dev.drydock.playbooks.document.Position;

/**
 * Something else that a document names.
 *
 * @param kind what it is, for example {@code Window}
 * @param path where in the document it is named
 */
record Reference(String kind, String name, String path, Position at) {}
