package dev.drydock.controller.document;

/**
 * A file.
 *
 * @param name as a browser may keep it
 * @param summary one line of what is in it
 */
public record Document(String contentType, String name, byte[] content, String summary) {}
