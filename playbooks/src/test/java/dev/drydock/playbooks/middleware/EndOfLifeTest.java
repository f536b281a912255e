package dev.drydock.playbooks.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.playbooks.InvalidPlaybookException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfLifeTest {
    @Test
    void theTableOfTheLibraryKnowsItsProfiles() {
        EndOfLife table = EndOfLife.builtIn();

        assertThat(table.of("php", "8.1")).contains(LocalDate.of(2025, 12, 31));
        assertThat(table.of("php", "3.0")).isEmpty();
        assertThat(table.of("tomcat", "10")).isEmpty();
        assertThat(Profiles.all().keySet()).containsAll(table.dates().keySet());
    }

    /** Debian 11 to 13, Ubuntu 22.04 and 24.04, RHEL 8 to 10, SLES 15; but for what its maker does not date. */
    @ParameterizedTest
    @CsvSource({
        "php, 7.2 7.3 7.4 8.0 8.1 8.2 8.3 8.4",
        "mariadb, 10.2 10.3 10.4 10.5 10.6 10.11 11.8",
        "mysql, 8.0 8.4",
        "postgresql, 10 12 13 14 15 16 17",
        "nginx, 1.14 1.16 1.18 1.20 1.22 1.24 1.26",
        "redis, 5.0 7.0"
    })
    void theTableKnowsWhatDistributionsShip(String product, String series) {
        for (String one : series.split(" ")) {
            assertThat(EndOfLife.builtIn().of(product, one))
                    .as(product + " " + one)
                    .hasValueSatisfying(day -> assertThat(day).isAfter(LocalDate.of(2019, 1, 1)));
        }
    }

    @Test
    void aNewerTableGoesBeforeAndTheRestStays() throws Exception {
        EndOfLife both = EndOfLife.builtIn().with(read("""
                apiVersion: drydock/v1
                kind: EndOfLife
                asOf: "2027-01-01"
                products:
                  php: {"8.1": "2027-06-30"}
                  tomcat: {"10": "2028-01-31"}
                """));

        assertThat(both.asOf()).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(both.of("php", "8.1")).contains(LocalDate.of(2027, 6, 30));
        assertThat(both.of("php", "8.3")).contains(LocalDate.of(2027, 12, 31));
        assertThat(both.of("tomcat", "10")).contains(LocalDate.of(2028, 1, 31));
    }

    @Test
    void whatIsNoDayIsRefused() {
        assertThatThrownBy(() -> read("""
                        apiVersion: drydock/v1
                        kind: EndOfLife
                        asOf: "2027-01-01"
                        products: {php: {"8.1": "soon"}, redis: never}
                        """))
                .hasMessageContaining("products.php.8.1: expected a day such as 2027-12-31, found 'soon'")
                .hasMessageContaining("products.redis: expected series with a date each, found 'never'");
    }

    private static EndOfLife read(String yaml) throws InvalidPlaybookException {
        return EndOfLife.read("end-of-life.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
