package dev.drydock.controller.document;

/**
 * A file.
 *
 * @param name as a browser may keep it
 */
public record Document(String contentType, String name, byte[] content) {}
