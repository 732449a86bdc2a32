package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares with a file of the test resources. `-Dgolden.write=true` writes it instead; look at the difference before it is committed.
final class Golden {
    private Golden() {}

    static void check(String resource, String actual) {
        Path file = Path.of("src/test/resources" + resource);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(file, actual);
            }
            assertEquals(Files.readString(file), actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
