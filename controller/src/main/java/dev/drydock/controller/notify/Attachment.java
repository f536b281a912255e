package dev.drydock.controller.notify;

/**
 * A file that goes with a message.
 *
 * @param type as MIME says it
 */
public record Attachment(String name, String type, byte[] content) {
    /** More than that most mail servers refuse; Base64 makes it a third more. */
    public static final int MOST_BY_MAIL = 8 << 20;

    /** As much as receivers take whose limit is a few megabytes. */
    public static final int MOST_BY_WEBHOOK = 1 << 20;

    /** Of what a webhook gets, in {@code data}: what tells of the file and, where it is small enough, its {@code content} in Base64. */
    public static final String FIELD = "document";
}
