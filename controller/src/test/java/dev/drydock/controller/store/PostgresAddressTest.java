package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresAddressTest {
    @Test
    void knowsUserHostsNameAndOptions() {
        PostgresAddress address = PostgresAddress.parse(
                "postgresql://dry%40dock@one:5433,two/fleet?targetServerType=primary&sslmode=require");
        assertThat(address.user()).contains("dry@dock");
        assertThat(address.hosts()).isEqualTo("one:5433,two");
        assertThat(address.name()).isEqualTo("fleet");
        assertThat(address.dataSource().getSslMode()).isEqualTo("require");
        assertThat(address.dataSource().getServerNames()).containsExactly("one", "two");
    }

    @Test
    void asksAnotherMachineForItsCertificate() {
        assertThat(PostgresAddress.parse("postgresql://db.example.com/fleet")
                        .dataSource()
                        .getSslMode())
                .isEqualTo("verify-full");
        assertThat(PostgresAddress.parse("postgresql://localhost/fleet")
                        .dataSource()
                        .getSslMode())
                .isNotEqualTo("verify-full");
        assertThat(PostgresAddress.parse("postgresql://localhost,db.example.com/fleet")
                        .dataSource()
                        .getSslMode())
                .isEqualTo("verify-full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://me:hunter2@db/fleet", "postgresql://db/fleet?password=hunter2"})
    void refusesPasswordsAndDoesNotRepeatThem(String text) {
        assertThatThrownBy(() -> PostgresAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--database-password-file")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql://db/fleet", "postgresql://db", "postgresql:///fleet", "postgresql://db/fleet?nonsense=1"
            })
    void saysWhatIsExpected(String text) {
        assertThatThrownBy(() -> PostgresAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(PostgresAddress.parse("postgresql://me@db/fleet").withPassword("hunter2"))
                .hasToString("postgresql://me@db/fleet");
    }
}
