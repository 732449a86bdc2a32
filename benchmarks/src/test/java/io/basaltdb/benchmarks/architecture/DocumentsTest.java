package io.basaltdb.benchmarks.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents name what exists: a type, package or file that moves takes its place on the map with it.
class DocumentsTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");

    /// A capital, and a small letter somewhere: so that SQL words and acronyms are not taken for types.
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*");

    private static final Pattern DECLARATION =
            Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

    private static final Pattern PACKAGE_NAME =
            Pattern.compile(
                    "(storage|protocol|query|embedded|server|jdbc|shell|benchmarks)(\\.[a-z]+)+");

    private static final Pattern FILE_NAME =
            Pattern.compile("(?:[\\w.-]+/)+[\\w.-]*|[\\w-]+\\.(?:md|xml)");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
    void typesExist(String document) throws IOException {
        Set<String> unknown = quoted(document, TYPE_NAME);
        assertTrue(!unknown.isEmpty(), document + " names no type: the test would say nothing");
        unknown.removeAll(declaredTypes());
        assertEquals(Set.of(), unknown, document + " names types that no source declares");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
    void packagesExist(String document) throws IOException {
        Set<String> known =
                SourceTree.mainFiles().stream()
                        .map(file -> file.getParent().toString().replace('/', '.'))
                        .map(name -> name.substring(name.indexOf("io.basaltdb.") + 12))
                        .collect(Collectors.toSet());
        Set<String> unknown = quoted(document, PACKAGE_NAME);
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown, document + " names packages that do not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
    void filesExist(String document) throws IOException {
        Set<String> unknown = quoted(document, FILE_NAME);
        // What the build makes is not there before it.
        unknown.removeIf(name -> name.contains("target/"));
        unknown.removeIf(name -> Files.exists(SourceTree.root().resolve(name)));
        assertEquals(Set.of(), unknown, document + " names files that do not exist");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : SourceTree.documents()) {
            Matcher matcher = LINK.matcher(Files.readString(document));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(SourceTree.root().relativize(document) + " -> " + target);
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        Path folder = SourceTree.root().resolve("docs/decisions");
        String index = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> pages = Files.list(folder)) {
            List<String> missing =
                    pages.map(page -> page.getFileName().toString())
                            .filter(name -> !name.equals("README.md"))
                            .filter(name -> !index.contains("(" + name + ")"))
                            .toList();
            assertEquals(List.of(), missing);
        }
    }

    /// The code map speaks of every package of the engine.
    @Test
    void everyPackageIsOnTheMap() throws IOException {
        String map = Files.readString(SourceTree.root().resolve("ARCHITECTURE.md"));
        Set<String> missing = new TreeSet<>();
        for (String module : List.of("storage", "query")) {
            Path folder =
                    SourceTree.root().resolve(module + "/src/main/java/io/basaltdb/" + module);
            try (Stream<Path> children = Files.list(folder)) {
                children.filter(Files::isDirectory)
                        .map(child -> module + "." + child.getFileName())
                        .filter(name -> !map.contains("`" + name + "`"))
                        .forEach(missing::add);
            }
        }
        assertEquals(Set.of(), missing, "packages without a line in ARCHITECTURE.md");
    }

    @Test
    void everyModuleIsOnTheMap() throws IOException {
        String map = Files.readString(SourceTree.root().resolve("ARCHITECTURE.md"));
        Matcher module = MODULE.matcher(Files.readString(SourceTree.root().resolve("pom.xml")));
        Set<String> missing = new TreeSet<>();
        while (module.find()) {
            if (!map.contains("`" + module.group(1) + "/`")) {
                missing.add(module.group(1));
            }
        }
        assertEquals(Set.of(), missing, "modules without a line in ARCHITECTURE.md");
    }

    private static Set<String> quoted(String document, Pattern kind) throws IOException {
        String text = Files.readString(SourceTree.root().resolve(document));
        Matcher matcher = QUOTED.matcher(FENCE.matcher(text).replaceAll(""));
        Set<String> found = new TreeSet<>();
        while (matcher.find()) {
            if (kind.matcher(matcher.group(1)).matches()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static Set<String> declaredTypes() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : SourceTree.allFiles()) {
            Matcher matcher = DECLARATION.matcher(Files.readString(file));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }
}
