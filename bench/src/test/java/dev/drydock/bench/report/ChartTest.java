package dev.drydock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.bench.report.Chart.Line;
import dev.drydock.bench.report.Chart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
    @Test
    void axesEndAtARoundNumberThatHoldsAllValues() {
        assertThat(Chart.most(18_000)).isEqualTo(20_000);
        assertThat(Chart.most(0.3)).isEqualTo(0.5);
        assertThat(Chart.most(50)).isEqualTo(50);
        assertThat(Chart.most(51)).isEqualTo(100);
    }

    @Test
    void pointsLieWhereTheirValuesSay() {
        String svg = Chart.svg("t", "x", "y", List.of(new Line("one", List.of(new Point(0, 0), new Point(100, 50)))));

        assertThat(svg).contains("d=\"M70.0 320.0L680.0 50.0\"");
    }

    @Test
    void namesAreEscapedAndTheWholeIsXml() throws Exception {
        String svg = Chart.svg("a < b & c", "x", "y", List.of(new Line("<one>", List.of(new Point(1, 2)))));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a < b & c");
    }
}
