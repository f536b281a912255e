package dev.drydock.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done to an export is found, and at the first line that it was done to. */
class AuditChainPropertyTest {
    private static final int ENTRIES = 8;

    private static List<String> log() {
        return Logs.lines(AuditPoint.BEGIN, ENTRIES, "olga");
    }

    private static AuditPoint head() {
        return new AuditPoint(ENTRIES, Logs.hash(log().getLast()));
    }

    /** The number of the first line that is wrong, from 1; 0: the end is wrong; empty: all is good. */
    private static Optional<Long> wrong(byte[] export, AuditPoint head) {
        AuditChain chain = new AuditChain(AuditPoint.BEGIN, head);
        try {
            AuditFile.Read read = AuditFile.into(chain, new ByteArrayInputStream(export));
            return read.problem().isPresent()
                    ? Optional.of(read.lines() + 1)
                    : chain.end().map(problem -> 0L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Long> wrong(List<String> lines) {
        return wrong(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1), head());
    }

    @Example
    void oneThatNobodyTouchedIsGood() {
        assertThat(wrong(log())).isEmpty();
        assertThat(wrong(new byte[0], AuditPoint.BEGIN)).isEmpty();
    }

    @Property
    void aByteThatIsChangedIsFound(@ForAll @IntRange(max = 3_000) int place, @ForAll byte value) {
        byte[] export = String.join("", log()).getBytes(StandardCharsets.US_ASCII);
        int at = place % export.length;
        if (export[at] == value) {
            return;
        }
        export[at] = value;
        long line = 1
                + String.join("", log())
                        .substring(0, at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        assertThat(wrong(export, head())).contains(line);
    }

    @Property
    void aByteThatIsTakenOutOrPutInIsFound(
            @ForAll @IntRange(max = 3_000) int place, @ForAll byte value, @ForAll boolean out) {
        String export = String.join("", log());
        int at = place % export.length();
        String more = out ? "" : String.valueOf((char) (value & 0xff));
        String changed = export.substring(0, at) + more + export.substring(out ? at + 1 : at);
        assertThat(wrong(changed.getBytes(StandardCharsets.ISO_8859_1), head())).isPresent();
    }

    @Property
    void aLineThatIsDroppedIsFound(@ForAll @IntRange(max = ENTRIES - 1) int which) {
        List<String> lines = new ArrayList<>(log());
        lines.remove(which);
        assertThat(wrong(lines)).contains(which == ENTRIES - 1 ? 0L : which + 1L);
    }

    @Property
    void linesThatAreSwappedAreFound(
            @ForAll @IntRange(max = ENTRIES - 1) int one, @ForAll @IntRange(max = ENTRIES - 1) int other) {
        List<String> lines = new ArrayList<>(log());
        lines.set(one, log().get(other));
        lines.set(other, log().get(one));
        assertThat(wrong(lines)).isEqualTo(one == other ? Optional.empty() : Optional.of(Math.min(one, other) + 1L));
    }

    @Property
    void aLineThatComesAgainIsFound(
            @ForAll @IntRange(max = ENTRIES - 1) int which, @ForAll @IntRange(max = ENTRIES) int place) {
        List<String> lines = new ArrayList<>(log());
        lines.add(place, log().get(which));
        // Before itself it is in its place, and the old one is then too many.
        assertThat(wrong(lines)).contains((place == which ? place + 1 : place) + 1L);
    }

    /** Whoever writes the rest anew, with right hashes, changes the head. */
    @Property
    void aLogThatIsWrittenAnewFromSomewhereIsFoundByItsHead(@ForAll @IntRange(max = ENTRIES - 1) int from) {
        List<String> lines = new ArrayList<>(log().subList(0, from));
        AuditPoint last = from == 0 ? AuditPoint.BEGIN : new AuditPoint(from, Logs.hash(lines.getLast()));
        lines.addAll(Logs.lines(last, ENTRIES - from, "vera"));
        byte[] export = String.join("", lines).getBytes(StandardCharsets.US_ASCII);
        assertThat(wrong(export, new AuditPoint(ENTRIES, Logs.hash(lines.getLast()))))
                .isEmpty();
        assertThat(wrong(export, head())).contains((long) ENTRIES);
    }

    @Property
    void anEndThatIsCutOffIsFoundByTheHead(@ForAll @IntRange(max = 3_000) int length) {
        String export = String.join("", log());
        String part = export.substring(0, length % export.length());
        assertThat(wrong(part.getBytes(StandardCharsets.US_ASCII), head())).isPresent();
    }

    /** Which the controller's tests write. */
    @Example
    void theSampleInTheDocsIsGood() throws Exception {
        AuditChain chain = new AuditChain(AuditPoint.BEGIN, null);
        AuditFile.Read read = AuditFile.into(chain, Files.newInputStream(Path.of("../docs/audit-sample.jsonl")));
        assertThat(read.problem()).isEmpty();
        assertThat(chain.entries()).isEqualTo(7);
        assertThat(chain.unknown()).containsExactly(5L);
        assertThat(chain.open()).isEmpty();
    }

    @Example
    void aLineWithoutAnEndIsNotReadForEver() throws Exception {
        AuditChain chain = new AuditChain(AuditPoint.BEGIN, null);
        AuditFile.Read read = AuditFile.into(chain, new ByteArrayInputStream(new byte[5_000_000]));
        assertThat(read.problem()).contains("is longer than any entry is");
    }
}
