package dev.drydock.controller.artifact;

/** There is no such artifact; the message says what to look at. */
public final class UnknownArtifactException extends RuntimeException {
    public UnknownArtifactException(String digest) {
        super("There is no artifact " + digest + "; drydock artifact list says which there are.");
    }
}
