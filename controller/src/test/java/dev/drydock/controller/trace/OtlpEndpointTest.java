package dev.drydock.controller.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, http://127.0.0.1:4318/v1/traces",
        "http://localhost:4318/, http://localhost:4318/v1/traces",
        "https://otel.example.com, https://otel.example.com/v1/traces",
        "https://otel.example.com/otlp/, https://otel.example.com/otlp/v1/traces",
        "https://otel.example.com/v1/traces, https://otel.example.com/v1/traces",
        "http://[::1]:4318, http://[::1]:4318/v1/traces"
    })
    void isTheBaseOrTheWhole(String given, String expected) {
        assertThat(OtlpEndpoint.parse(given).traces()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://otel.example.com:4318",
                "http://127.0.0.1.example.com",
                "https://user:secret@otel.example.com",
                "https://otel.example.com/?token=x",
                "https://otel.example.com/#x",
                "grpc://127.0.0.1:4317",
                "otel.example.com:4318",
                "mailto:a@example.com",
                "https://",
                "not a url",
                ""
            })
    void anythingElseIsRefused(String given) {
        assertThatThrownBy(() -> OtlpEndpoint.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .contains(given);
    }
}
