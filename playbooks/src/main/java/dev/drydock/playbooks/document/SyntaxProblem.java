package dev.drydock.playbooks.document;

/** Why a file could not be read as a document, with the place. */
public record SyntaxProblem(Position at, String path, String message) {}
