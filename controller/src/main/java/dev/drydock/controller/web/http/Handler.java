package dev.drydock.controller.web.http;

/** Serves one kind of request, on a thread that may block. */
@FunctionalInterface
public interface Handler {
    Reply serve(Request request) throws Exception;
}
