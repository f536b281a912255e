package dev.drydock.controller.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {
    @Property
    void anyNameComesThrough(@ForAll @NotEmpty String name) throws BadTextException {
        String sent = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(sent, StandardCharsets.UTF_8).replace("+", "%20");
        PathTemplate plain = PathTemplate.parse("/v1/hosts/{name}");
        PathTemplate drain = PathTemplate.parse("/v1/hosts/{name}:drain");
        assertThat(plain.match("/v1/hosts/" + encoded)).contains(Map.of("name", sent));
        assertThat(drain.match("/v1/hosts/" + encoded)).isEmpty();
        assertThat(drain.match("/v1/hosts/" + encoded + ":drain")).contains(Map.of("name", sent));
    }

    @Test
    void segmentsAreWhole() throws BadTextException {
        PathTemplate openings = PathTemplate.parse("/v1/windows/{name}/openings");
        assertThat(openings.match("/v1/windows/a/openings")).contains(Map.of("name", "a"));
        assertThat(openings.match("/v1/windows/a/b/openings")).isEmpty();
        assertThat(openings.match("/v1/windows//openings")).isEmpty();
        assertThat(openings.match("/v1/windows/a/openings/")).isEmpty();
        assertThat(openings.match("/v1/windows/%2F/openings")).contains(Map.of("name", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/x", "/v1/{name=hosts/*}", "/v1/a{b}", "/v1/**", "/v1/", "/v1/{a}:b:c"})
    void otherKindsAreRefused(String text) {
        assertThatThrownBy(() -> PathTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%ff", "%C3%28", "a%"})
    void whatIsNoTextIsRefused(String raw) {
        assertThatThrownBy(() -> Utf8.percentDecoded(raw, false)).isInstanceOf(BadTextException.class);
    }
}
