package dev.drydock.controller.logs;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of a line of text: {@code [host=… run=…]} after its words, or nothing. */
public final class KeysConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        Map<String, String> keys = event.getMDCPropertyMap();
        return keys.isEmpty()
                ? ""
                : Arrays.stream(LogKey.values())
                        .filter(key -> keys.containsKey(key.word()))
                        .map(key -> key.word() + "=" + keys.get(key.word()))
                        .collect(Collectors.joining(" ", " [", "]"));
    }
}
