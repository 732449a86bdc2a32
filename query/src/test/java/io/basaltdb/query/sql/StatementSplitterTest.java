package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatementSplitterTest {

    @Test
    void splitsAtSemicolonsOnly() {
        StatementSplitter.Script script =
                StatementSplitter.split(
                        """
                        select ';' as "a;b", `c;d`; -- not; here
                        select /* nor; /* nested; */ here; */ 2;
                        ;;
                        select $$ ; $$, $x$ ;$$; $x$;
                        select 3\
                        """);
        assertEquals(
                List.of(
                        "select ';' as \"a;b\", `c;d`",
                        "-- not; here\nselect /* nor; /* nested; */ here; */ 2",
                        "select $$ ; $$, $x$ ;$$; $x$"),
                script.statements());
        assertEquals("select 3", script.rest());
        assertEquals(4, script.all().size());
    }

    @Test
    void keepsWhatIsNotFinished() {
        assertEquals("select 'abc;", StatementSplitter.split("select 1; select 'abc;").rest());
        assertEquals(
                "select /* ; ",
                StatementSplitter.split("select 1; select /* ; ").rest().concat(" "));
        assertEquals("", StatementSplitter.split("select 1;").rest());
        assertEquals(1, StatementSplitter.split("select 1; -- the end").all().size());
    }
}
