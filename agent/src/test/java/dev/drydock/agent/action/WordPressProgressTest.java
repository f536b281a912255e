package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.action.WordPressProgress.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPressProgressTest {
    @TempDir
    private Path workDir;

    @Test
    void marksAreReadBackInOrder() throws Exception {
        WordPressProgress progress = new WordPressProgress(workDir);
        assertThat(progress.touched()).isFalse();
        progress.mark(0, Stage.BEGUN, "");
        progress.mark(0, Stage.DUMPED, "abc");
        assertThat(progress.touched()).isFalse();
        progress.mark(0, Stage.SWAPPING, "");
        assertThat(progress.touched()).isTrue();
        assertThat(progress.isAt(0, Stage.SWAPPING)).isTrue();
        assertThat(progress.find(0, Stage.DUMPED).orElseThrow().note()).isEqualTo("abc");
        assertThat(progress.last(1)).isEmpty();
    }

    @Test
    void afterTheFirstItemWentBackTheSiteIsAsItWas() throws Exception {
        WordPressProgress progress = new WordPressProgress(workDir);
        progress.mark(0, Stage.SWAPPING, "");
        progress.mark(0, Stage.UNDOING, "why\nin two lines");
        assertThat(progress.touched()).isTrue();
        progress.mark(0, Stage.UNDONE, "why");
        assertThat(progress.touched()).isFalse();
        progress.mark(1, Stage.SWAPPING, "");
        progress.mark(1, Stage.UNDONE, "");
        assertThat(progress.touched()).isTrue();
    }

    @Test
    void aLineThatWasCutOffDoesNotCount() throws Exception {
        WordPressProgress progress = new WordPressProgress(workDir);
        progress.mark(0, Stage.BEGUN, "");
        Files.writeString(workDir.resolve("progress"), "0 DUM", StandardOpenOption.APPEND);
        assertThat(progress.isAt(0, Stage.BEGUN)).isTrue();
    }
}
