package dev.drydock.controller.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.markup.Filled;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.DocumentFormat;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class DocumentsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String EVIL =
            "<script>alert(1)</script>\"'&]]>--><img src='http://a/b'/>\u0000\u001b[31m\u202e";

    private final Documents documents = new Documents();

    @Test
    void htmlIsOneFileThatTellsTheFigures() {
        Document html = html(BusyReport.of(60));
        assertThat(html.name()).isEqualTo("compliance-2026-11-24.html");
        assertThat(html.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(text(html))
                .contains(
                        "30 of 60 hosts",
                        "83 %",
                        "CVE-2024-6387",
                        "24 November 2026, 13:00 Europe/Berlin",
                        "role == \"web\"")
                .doesNotContain("<script", "<link", "<img", "href=", "src=", "url(", "@import");
    }

    @Test
    void whatOthersWroteIsTextInWellFormedXml() throws Exception {
        String html = text(html(BusyReport.of(30, 20, honest -> honest + EVIL)));
        assertThat(html)
                .doesNotContain("<script", "<img", "\u0000", "\u001b", "\u202e")
                .contains("&lt;script");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        Element root = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)))
                .getDocumentElement();
        NodeList all = root.getElementsByTagName("*");
        assertThat(IntStream.range(0, all.getLength())
                        .mapToObj(i -> all.item(i).getNodeName())
                        .distinct())
                .isSubsetOf(
                        "head", "meta", "title", "style", "body", "div", "b", "br", "span", "p", "h2", "table", "thead",
                        "tbody", "tr", "th", "td");
    }

    /** Also what nobody thought of: each field of the report, by its definition. */
    @Test
    void noFieldOfAReportIsMoreThanText() {
        Filled filled = new Filled(1, 1_795_000_000L, Map.of("day", "2026-11-24"));
        String html = text(html(filled.of(ComplianceReportResponse.getDefaultInstance())));
        assertThat(html)
                .doesNotContain("<script", "<img", "\"'>", "href=", String.valueOf(7919 * 7919))
                .as("its begin, of what is cut to its column")
                .contains("javascript:alert(", "\"'&gt;");
    }

    @Test
    void pdfTellsTheSameOnOnePageAndTheHostsAfterIt() throws Exception {
        try (PDDocument pdf = pdf(BusyReport.of(20))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
            assertThat(page(pdf, 1))
                    .contains("10 of 20 hosts", "Compliance report", "Europe/Berlin", "role == \"web\"", "Page 1 of 2")
                    .contains("mended within policy", "nginx does not answer", "ssh-legacy-0", "anna", "team team-19")
                    .contains("and 2 hosts more", "Late for the longest", "19 d");
            assertThat(page(pdf, 2)).contains("Appendix: hosts", "web-18", "shop, acme", "Page 2 of 2");
            assertThat(picture(pdf, 0, "plain")).as("colours").hasSizeGreaterThan(5);
            assertThat(picture(pdf, 1, "plain")).hasSizeGreaterThan(1);
        }
    }

    @Test
    void theFirstPageStaysOneWhateverNamesAre() throws Exception {
        for (UnaryOperator<String> named : List.<UnaryOperator<String>>of(
                honest -> honest + EVIL,
                honest -> honest + "\u4e2d\u6587\ud83d\ude00\u0142",
                honest -> honest + "W".repeat(4000),
                honest -> honest + "\u4e2d".repeat(400))) {
            try (PDDocument pdf = pdf(BusyReport.of(6, 20, named))) {
                assertThat(page(pdf, 1)).contains("Waivers", "Page 1 of " + pdf.getNumberOfPages());
                assertThat(page(pdf, 2)).contains("Appendix");
                picture(pdf, 0, "hostile" + named.apply("").length());
            }
        }
    }

    @Test
    void whatTheFontCannotShowHasASignForEach() throws Exception {
        try (PDDocument pdf = pdf(BusyReport.of(3, 0, honest -> honest + "\u4e2d\u00fc"))) {
            assertThat(page(pdf, 2).replaceAll("\\s", "")).contains("web-0[U+4E2D]\u00fc");
        }
    }

    @Test
    void anEmptyFleetIsAPageToo() throws Exception {
        try (PDDocument pdf = pdf(ComplianceReportResponse.getDefaultInstance())) {
            assertThat(page(pdf, 1)).contains("0 of 0 hosts", "Not kept yet", "No rollout yet");
        }
    }

    @Test
    void aLargeFleetIsCutAndSaysSo() throws Exception {
        try (PDDocument pdf = pdf(BusyReport.of(1500))) {
            assertThat(pdf.getNumberOfPages()).isLessThan(60);
            assertThat(page(pdf, pdf.getNumberOfPages())).contains("and 500 hosts more");
            assertThat(page(pdf, 3)).contains("By policies");
        }
    }

    @Test
    void thePdfLoadsNothing() {
        byte[] pdf = Pdf.of(
                "<html><head><link rel='stylesheet' href='http://127.0.0.1:1/x.css'/></head>"
                        + "<body><img src='file:///etc/hostname'/><img src='http://127.0.0.1:1/x.png'/><p>text</p></body></html>");
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    @Test
    void onlySoManyAreMadeAtOnce() {
        List<Boolean> refused = new ArrayList<>();
        html(() -> {
            html(() -> {
                assertThatThrownBy(() -> html(BusyReport.of(1))).isInstanceOf(Documents.BusyException.class);
                refused.add(true);
                assertThat(documents
                                .compliance(() -> BusyReport.of(1), "", DocumentFormat.DOCUMENT_JUNIT, BERLIN)
                                .content())
                        .as("what is for programs waits for nobody")
                        .isNotEmpty();
                return BusyReport.of(1);
            });
            return BusyReport.of(1);
        });
        assertThat(refused).hasSize(1);
        assertThat(html(BusyReport.of(1)).content()).isNotEmpty();
    }

    private Document html(ComplianceReportResponse report) {
        return html(() -> report);
    }

    private Document html(Supplier<ComplianceReportResponse> report) {
        return documents.compliance(report, "host.labels.role == \"web\"", DocumentFormat.DOCUMENT_HTML, BERLIN);
    }

    private PDDocument pdf(ComplianceReportResponse report) throws IOException {
        return Loader.loadPDF(documents
                .compliance(() -> report, "host.labels.role == \"web\"", DocumentFormat.DOCUMENT_PDF, BERLIN)
                .content());
    }

    private static String text(Document document) {
        return new String(document.content(), StandardCharsets.UTF_8);
    }

    private static String page(PDDocument pdf, int number) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setStartPage(number);
        stripper.setEndPage(number);
        return stripper.getText(pdf);
    }

    /** The colours of a page that is drawn. */
    private static List<Integer> picture(PDDocument pdf, int page, String name) throws IOException {
        BufferedImage image = new PDFRenderer(pdf).renderImageWithDPI(page, 90);
        String keep = System.getProperty("drydock.pictures", "");
        if (!keep.isEmpty()) {
            ImageIO.write(image, "png", new File(keep, name + "-" + page + ".png"));
        }
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .distinct()
                .boxed()
                .toList();
    }
}
