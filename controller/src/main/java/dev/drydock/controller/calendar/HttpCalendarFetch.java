package dev.drydock.controller.calendar;

import dev.drydock.controller.outgoing.OutgoingHttp;
import dev.drydock.controller.outgoing.OutgoingUrl;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.InvalidCalendarException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Fetches calendars with an ETag. */
public final class HttpCalendarFetch implements CalendarFetch, AutoCloseable {
    private final OutgoingHttp http;

    public HttpCalendarFetch(Duration patience) {
        this.http = new OutgoingHttp(patience, BlackoutCalendar.LARGEST, true);
    }

    /** @throws InvalidCalendarException it is no address that a calendar may be fetched from */
    static URI allowed(URI url) throws InvalidCalendarException {
        Optional<String> problem = OutgoingUrl.problem(url);
        if (problem.isPresent()) {
            throw new InvalidCalendarException("url: " + problem.get());
        }
        return url;
    }

    @Override
    public Optional<Fetched> fetch(URI url, String etag) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "text/calendar, */*;q=0.1");
        if (!etag.isEmpty()) {
            request.header("If-None-Match", etag);
        }
        HttpResponse<byte[]> answer = http.send(request);
        return switch (answer.statusCode()) {
            case 200 ->
                Optional.of(new Fetched(
                        text(answer.body()), answer.headers().firstValue("ETag").orElse("")));
            case 304 -> Optional.empty();
            default -> throw new IOException("the server answered with status " + answer.statusCode());
        };
    }

    private static String text(byte[] body) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the answer is no UTF-8", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
