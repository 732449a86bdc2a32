package io.basaltdb.benchmarks.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every package says what it is for, and that nulls in it are marked.
class PackageInfoTest {
    @Test
    void everyPackageIsDescribedAndNullMarked() throws IOException {
        TreeSet<Path> packages = new TreeSet<>();
        SourceTree.mainFiles().forEach(file -> packages.add(file.getParent()));
        List<String> wrong = new ArrayList<>();
        for (Path folder : packages) {
            Path description = folder.resolve("package-info.java");
            String name = SourceTree.root().relativize(folder).toString();
            if (!Files.exists(description)) {
                wrong.add(name + ": no package-info.java");
                continue;
            }
            String text = Files.readString(description);
            if (!text.startsWith("///")) {
                wrong.add(name + ": package-info.java does not begin with its description");
            }
            // The generated parser says nothing of nulls.
            boolean isGenerated = name.startsWith("sql-parser");
            if (!isGenerated && !text.contains("\n@NullMarked\n")) {
                wrong.add(name + ": package-info.java is not @NullMarked");
            }
        }
        assertEquals(List.of(), wrong);
    }
}
