package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.model.Args;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCheckTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 1", " select count(*) from t ; ", "WITH a AS (SELECT 1) SELECT * FROM a", "SHOW TABLES"})
    void oneStatementThatReadsIsAsked(String query) {
        assertThat(SqlCheck.query(new Args(Map.of("query", query)))).doesNotContain(";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "SELECT 1; DROP TABLE t",
                "SELECT 1 INTO OUTFILE '/x'",
                "select a into\n dumpfile '/x' from t",
                "selects",
                ""
            })
    void whatDoesMoreIsRefused(String query) {
        assertThatThrownBy(() -> SqlCheck.query(new Args(Map.of("query", query))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one statement without ';' that reads");
    }

    @Test
    void numbersAreComparedAsNumbers() throws Exception {
        assertThat(judge(Map.of("equals", 3L), "3.00").holds()).isTrue();
        assertThat(judge(Map.of("equals", "done"), "done").holds()).isTrue();
        assertThat(judge(Map.of("equals", "done"), "open").reason()).isEqualTo("the value is not right: expected done");
        assertThat(judge(Map.of("atLeast", 3L), "3").holds()).isTrue();
        assertThat(judge(Map.of("atLeast", 3L), "2").reason()).isEqualTo("the value is not right: expected at least 3");
        assertThat(judge(Map.of("atMost", 3.5), "4").holds()).isFalse();
        assertThat(judge(Map.of("atMost", 3L), "NULL").holds()).isFalse();
    }

    private Finding judge(Map<String, Object> args, String value) throws Exception {
        Struct seen = new Structs().put("value", value).build();
        return new SqlCheck(ManagedHost.open(Path.of("/")))
                .judge(new TestStep(directory).with(args), Struct.getDefaultInstance(), seen);
    }
}
