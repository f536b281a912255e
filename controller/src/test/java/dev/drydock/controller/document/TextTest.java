package dev.drydock.controller.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TextTest {
    @Test
    void whatNoXmlMayHoldAndWhatTurnsTheWritingIsMarked() {
        assertThat(Text.clean("a\u0000b\u001bc\ud800d\u202ee\u200bf\n\u00fc\ud83d\ude00"))
                .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\n\u00fc\ud83d\ude00");
    }

    @Test
    void whatTheFontHasNotIsNamed() {
        assertThat(Text.shown("\u00e9 \u20ac \u2026 \u0142 \u4e2d \ud83d\ude00 \ufffd\u00a0."))
                .isEqualTo("\u00e9 \u20ac \u2026 [U+0142] [U+4E2D] [U+1F600] [U+FFFD] .");
    }

    @Test
    void aCutTextSaysSo() {
        assertThat(Text.cut("12345", 5)).isEqualTo("12345");
        assertThat(Text.cut("123456", 5)).isEqualTo("1234\u2026");
        assertThat(Text.cut("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\u2026");
    }

    @Property
    void cleanTwiceIsCleanOnceAndOfTheSameLength(@ForAll String text) {
        String clean = Text.clean(text);
        assertThat(Text.clean(clean)).isEqualTo(clean);
        assertThat(clean.codePointCount(0, clean.length())).isEqualTo(text.codePointCount(0, text.length()));
    }
}
