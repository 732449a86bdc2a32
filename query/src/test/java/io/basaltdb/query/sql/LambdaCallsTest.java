package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.system.FunctionReference;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaCallsTest {
    @Test
    void everyFunctionThatIsDocumentedWithALambdaTakesOne() {
        List<String> names =
                FunctionReference.entries().stream()
                        .filter(entry -> entry.kind().equals("lambda"))
                        .flatMap(entry ->
                                Arrays.stream((entry.name() + ", " + entry.aliases()).split(", ")))
                        .filter(name -> !name.isEmpty())
                        .toList();
        assertTrue(names.size() > 30, names.toString());
        for (String name : names) {
            assertTrue(LambdaCalls.areTakenBy(name), name);
        }
    }
}
