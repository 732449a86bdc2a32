package io.basaltdb.shell.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SqlOptionsTest {
    /// Two ways, one answer: what the short way takes, it takes as the library does.
    @Test
    void plainWordsMeanWhatTheyAlwaysMean() {
        for (List<String> words :
                List.of(
                        List.<String>of(),
                        List.of("dir"),
                        List.of("-c", "SELECT 1"),
                        List.of("-c", "SELECT 1", "--command", "SELECT 2", "jdbc:basalt:mem:"),
                        List.of("dir", "-f", "a.sql", "--file", "b.sql", "--timing"),
                        List.of("--csv", "--format", "json", "dir", "--keep-going"),
                        List.of("--format", "Vertical"),
                        List.of("-c", ""))) {
            SqlCommand command = new SqlCommand();
            new CommandLine(command)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(words.toArray(new String[0]));
            assertEquals(command.options(), SqlOptions.ofPlain(words), words.toString());
        }
    }

    @Test
    void everythingElseIsLeftToTheLibrary() {
        for (List<String> words :
                List.of(
                        List.of("--help"),
                        List.of("-h"),
                        List.of("-c"),
                        List.of("-c", "--timing"),
                        List.of("-cSELECT 1"),
                        List.of("--format=csv"),
                        List.of("--format", "xml"),
                        List.of("a", "b"),
                        List.of("--nope"),
                        List.of("@file"))) {
            assertNull(SqlOptions.ofPlain(words), words.toString());
        }
    }
}
