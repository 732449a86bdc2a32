package io.basaltdb.benchmarks.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page of promises names the tests that carry their numbers, and no promise is without one.
class PromisesTest {
    private static final int PROMISES = 15;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (D\\d+) \\|.*\\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(D\\d+)\"\\)");

    private static Map<String, Set<String>> onThePage() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(SourceTree.root().resolve("docs/promises.md")));
        while (rows.find()) {
            Set<String> names = tests.computeIfAbsent(rows.group(1), _ -> new TreeSet<>());
            NAME.matcher(rows.group(2)).results().forEach(name -> names.add(name.group(1)));
        }
        return tests;
    }

    private static Map<String, Set<String>> inTheTests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path file : SourceTree.allFiles()) {
            String name = file.getFileName().toString().replace(".java", "");
            if (name.endsWith("Test")) {
                TAG.matcher(Files.readString(file))
                        .results()
                        .forEach(tag ->
                                tests.computeIfAbsent(tag.group(1), _ -> new TreeSet<>())
                                        .add(name));
            }
        }
        return tests;
    }

    @Test
    void eachPromiseIsHeldByTheTestsThatThePageNames() throws IOException {
        assertEquals(inTheTests(), onThePage());
    }

    @Test
    void noPromiseIsWithoutATest() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (int i = 1; i <= PROMISES; i++) {
            expected.add("D" + i);
        }
        assertEquals(expected, inTheTests().keySet());
    }
}
