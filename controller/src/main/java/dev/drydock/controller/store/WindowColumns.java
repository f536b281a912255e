package dev.drydock.controller.store;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** How windows and their openings stand in columns. */
final class WindowColumns {
    private WindowColumns() {}

    static <S extends SqlStatement<S>> S bind(S statement, Window window) {
        return statement
                .bind("window_name", window.name())
                .bind("window_rrule", window.rrule().orElse(""))
                .bind("window_start", window.start().toString())
                .bind("window_zone", window.zone().getId())
                .bind("window_duration", micros(window.duration()))
                .bind("window_cutoff", micros(window.cutoff()))
                .bind("window_reserve", micros(window.reserve()))
                .bind("window_calendars", String.join(",", window.calendars()))
                .bind("window_hosts", window.hosts().orElse(""))
                .bind("window_exclusive", window.exclusive());
    }

    /** @param prefix of the columns' names */
    static Window read(ResultSet row, String prefix) throws SQLException {
        String rrule = row.getString(prefix + "rrule");
        String hosts = row.getString(prefix + "hosts");
        return new Window(
                row.getString(prefix + "name"),
                rrule.isEmpty() ? Optional.empty() : Optional.of(rrule),
                LocalDateTime.parse(row.getString(prefix + "start")),
                ZoneId.of(row.getString(prefix + "zone")),
                duration(row, prefix + "duration"),
                duration(row, prefix + "cutoff"),
                duration(row, prefix + "reserve"),
                names(row.getString(prefix + "calendars")),
                hosts.isEmpty() ? Optional.empty() : Optional.of(hosts),
                row.getBoolean(prefix + "exclusive"));
    }

    private static List<String> names(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    static <S extends SqlStatement<S>> S bind(S statement, Optional<Opening> opening) {
        return statement
                .bind("opening_opens", Columns.micros(opening.map(Opening::opens)))
                .bind("opening_closes", Columns.micros(opening.map(Opening::closes)))
                .bind("opening_start_before", Columns.micros(opening.map(Opening::startBefore)));
    }

    static Optional<Opening> opening(ResultSet row) throws SQLException {
        Optional<Instant> opens = Columns.optionalInstant(row, "opening_opens");
        Optional<Instant> closes = Columns.optionalInstant(row, "opening_closes");
        Optional<Instant> startBefore = Columns.optionalInstant(row, "opening_start_before");
        return opens.map(at -> new Opening(at, closes.orElseThrow(), startBefore.orElseThrow()));
    }

    static long micros(Duration duration) {
        return duration.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }
}
