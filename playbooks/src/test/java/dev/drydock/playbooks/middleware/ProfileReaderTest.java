package dev.drydock.playbooks.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.playbooks.InvalidPlaybookException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
    @Test
    void everyProfileOfTheLibraryIsWhole() {
        assertThat(Profiles.all()).hasSize(7).allSatisfy((name, profile) -> {
            assertThat(profile.name()).isEqualTo(name);
            assertThat(profile.variants()).isNotEmpty().allSatisfy(variant -> {
                assertThat(variant.services()).isNotEmpty();
                assertThat(variant.configuration()).isNotEmpty();
            });
            assertThat(Profiles.all().keySet()).containsAll(profile.movesWith());
        });
    }

    @Test
    void versionsSideBySideGetNamesOfTheirOwn() {
        Variant php =
                Objects.requireNonNull(Profiles.all().get("php")).variants().getFirst();

        assertThat(php.seriesOf("php8.2-common")).contains("8.2");
        assertThat(php.seriesOf("php-common")).isEmpty();
        assertThat(php.seriesOf("php8.2-common-extra")).isEmpty();
        Variant own = php.of("8.2");
        assertThat(own.services()).containsExactly("php8.2-fpm");
        assertThat(own.configTest()).containsExactly(List.of("php-fpm8.2", "-t"));
        assertThat(own.configuration()).containsExactly("/etc/php/8.2");
        assertThat(own.product()).isEqualTo("php8.2-common");
    }

    @Test
    void saysAllThatIsWrongWithItsPlace() {
        assertThatThrownBy(() -> read("""
                        apiVersion: drydock/v1
                        kind: Middleware
                        metadata: {name: Tomcat}
                        spec:
                          tier: middle
                          seriesParts: 0
                          variants:
                            - product: tomcat10
                              servces: [tomcat10]
                              configuration: [etc/tomcat10]
                              configTest: [catalina.sh]
                        """))
                .isInstanceOf(InvalidPlaybookException.class)
                .hasMessageContaining("own.yaml:3:18: metadata.name: expected a name of lower-case letters")
                .hasMessageContaining("spec.tier: expected one of data, cache, runtime, web, found 'middle'")
                .hasMessageContaining("spec.seriesParts: expected a number from 1 to 3")
                .hasMessageContaining("unknown key 'servces'; did you mean services?")
                .hasMessageContaining("spec.variants[0].configuration[0]: expected an absolute path")
                .hasMessageContaining("spec.variants[0].configTest[0]: expected a list with a program")
                .hasMessageContaining("spec.variants[0].packages: expected at least the product's own package");
    }

    @Test
    void anOwnProfileNeedsLittle() throws Exception {
        Profile profile = read("""
                apiVersion: drydock/v1
                kind: Middleware
                metadata: {name: tomcat}
                spec:
                  tier: runtime
                  movesWith: [nginx]
                  variants:
                    - product: tomcat10
                      packages: [tomcat10*]
                      services: [tomcat10]
                      data: {directories: [/var/lib/tomcat10]}
                """);

        assertThat(profile.tier()).isEqualTo(Profile.Tier.RUNTIME);
        assertThat(profile.seriesParts()).isEqualTo(2);
        assertThat(profile.variants().getFirst().data())
                .hasValueSatisfying(data -> assertThat(data.engine()).isEmpty());
    }

    private static Profile read(String yaml) throws InvalidPlaybookException {
        return ProfileReader.read("own.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
