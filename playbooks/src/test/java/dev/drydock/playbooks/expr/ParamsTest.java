package dev.drydock.playbooks.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.playbooks.model.Param;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamsTest {
    private static final Map<String, Param> DECLARED = Map.of(
            "tier", new Param("tier", Param.Type.STRING, Optional.of("web"), Optional.empty(), List.of("web", "db")),
            "port", new Param("port", Param.Type.INTEGER, Optional.empty(), Optional.empty(), List.of()),
            "fast", new Param("fast", Param.Type.BOOLEAN, Optional.of("false"), Optional.empty(), List.of()));

    private static List<String> problems(Map<String, Param> declared, Map<String, String> given) {
        return catchThrowableOfType(InvalidParamsException.class, () -> Params.bind(declared, given))
                .problems();
    }

    @Test
    void valuesGetTheirTypesAndDefaultsAreFilledIn() throws InvalidParamsException {
        assertThat(Params.bind(DECLARED, Map.of("port", "8080", "tier", "db")))
                .isEqualTo(Map.of("tier", "db", "port", 8080L, "fast", false));
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(problems(DECLARED, Map.of("prot", "80", "tier", "wep", "fast", "yes")))
                .containsExactly(
                        "unknown parameter 'prot'; did you mean port?",
                        "parameter 'fast' is 'yes', expected true or false",
                        "parameter 'port' is missing: expected a whole number of at most 15 digits",
                        "parameter 'tier' is 'wep', expected one of web, db; did you mean web?");
        assertThat(problems(Map.of(), Map.of("a", "b")))
                .containsExactly("unknown parameter 'a'; this playbook takes none");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER,0,true",
        "INTEGER,-5,true",
        "INTEGER,007,false",
        "INTEGER,1.5,false",
        "INTEGER,1000000000000000,false",
        "BOOLEAN,true,true",
        "BOOLEAN,True,false",
        "PATH,/var/www,true",
        "PATH,/a/..b,true",
        "PATH,var,false",
        "PATH,/a/../b,false",
        "PATH,'',false",
        "DURATION,1h30m,true",
        "DURATION,0s,true",
        "DURATION,30m1h,false",
        "DURATION,1.5h,false",
        "DURATION,'',false",
        "SIZE,512MiB,true",
        "SIZE,1 GiB,true",
        "SIZE,512MB,false",
        "SIZE,9999999TiB,false",
        "STRING,'',true",
        "STRING,anything,true"
    })
    void whatIsAValueOfAType(Param.Type type, String text, boolean right) {
        Map<String, Param> declared = Map.of("x", new Param("x", type, Optional.empty(), Optional.empty(), List.of()));
        boolean bound;
        try {
            bound = Params.bind(declared, Map.of("x", text)).containsKey("x");
        } catch (InvalidParamsException e) {
            bound = false;
        }
        assertThat(bound).isEqualTo(right);
    }
}
