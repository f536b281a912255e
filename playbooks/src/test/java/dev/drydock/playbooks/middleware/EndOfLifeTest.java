package dev.drydock.playbooks.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.playbooks.InvalidPlaybookException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class EndOfLifeTest {
    @Test
    void theTableOfTheLibraryKnowsItsProfiles() {
        EndOfLife table = EndOfLife.builtIn();

        assertThat(table.of("php", "8.1")).contains(LocalDate.of(2025, 12, 31));
        assertThat(table.of("php", "3.0")).isEmpty();
        assertThat(table.of("tomcat", "10")).isEmpty();
        assertThat(Profiles.all().keySet()).containsAll(table.dates().keySet());
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
