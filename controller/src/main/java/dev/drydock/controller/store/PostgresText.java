package dev.drydock.controller.store;

import java.lang.reflect.Type;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Text that hosts say may hold the character NUL, which PostgreSQL does not take. */
final class PostgresText implements ArgumentFactory.Preparable {
    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return type == String.class ? Optional.of(PostgresText::argument) : Optional.empty();
    }

    private static Argument argument(Object value) {
        return (position, statement, context) -> {
            if (value instanceof String text) {
                statement.setString(position, text.replace('\0', '\uFFFD'));
            } else {
                statement.setNull(position, Types.VARCHAR);
            }
        };
    }

    @Override
    @SuppressWarnings("deprecation") // Jdbi still asks for it
    public Collection<? extends Type> prePreparedTypes() {
        return List.of(String.class);
    }
}
