package dev.drydock.controller.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: instants and durations as microseconds, maps of strings as JSON objects with sorted keys. */
final class Columns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    /** Most have nothing in them. */
    private static final String EMPTY = "{}";

    private Columns() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static @Nullable Long micros(Optional<Instant> instant) {
        return instant.map(Columns::micros).orElse(null);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
    }

    static Optional<Duration> optionalDuration(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static String json(Map<String, String> map) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(map));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a map of strings that is no JSON", e);
        }
    }

    /** As an array: any number of values in one parameter. */
    static String json(Collection<String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("strings that are no JSON", e);
        }
    }

    static Optional<Instant> optionalInstant(ResultSet row, int place) throws SQLException {
        long micros = row.getLong(place);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
    }

    static Map<String, String> map(ResultSet row, String column) throws SQLException {
        return map(row.getString(column), column);
    }

    /** @param column for the message */
    static Map<String, String> map(String json, String column) throws SQLException {
        if (json.equals(EMPTY)) {
            return Map.of();
        }
        try {
            return Map.copyOf(JSON.readValue(json, STRINGS));
        } catch (JsonProcessingException e) {
            throw new SQLException("column " + column + " holds no JSON object of strings", e);
        }
    }
}
