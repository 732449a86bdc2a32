package io.basaltdb.benchmarks.logictest;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scripts by name.
final class Corpus {
    private static final String EXCUSED = "SQLSTATE:";

    private static final String MARK = "test/select1.test";

    private Corpus() {}

    /// One script.
    record Script(String name, long sizeBytes, Source source) {
        List<ScriptRecord> records(Set<String> engineNames) throws IOException {
            return ScriptParser.parse(source.text(), engineNames);
        }

        List<ScriptRecord> rowRecords(Set<String> engineNames) throws IOException {
            return ScriptParser.parseRows(source.text(), engineNames);
        }
    }

    /// Where the text of a script is.
    @FunctionalInterface
    interface Source {
        String text() throws IOException;
    }

    /// SQLite's sqllogictest, about six million queries in some six hundred scripts, sorted by name.
    static List<Script> sqlLogicTest() throws IOException {
        URL mark = Corpus.class.getClassLoader().getResource(MARK);
        if (mark == null) {
            throw new IllegalStateException("no " + MARK + " on the class path");
        }
        JarURLConnection connection = (JarURLConnection) mark.openConnection();
        try (JarFile jar = new JarFile(connection.getJarFileURL().getPath())) {
            return jar.stream()
                    .filter(entry -> entry.getName().endsWith(".test") && entry.getSize() > 0)
                    .map(Corpus::script)
                    .sorted((left, right) -> left.name().compareTo(right.name()))
                    .toList();
        }
    }

    private static Script script(JarEntry entry) {
        String name = entry.getName();
        return new Script(name, entry.getSize(), () -> resource("/" + name));
    }

    /// Apache Calcite's scripts over SCOTT and POST.
    static List<Script> calcite() throws IOException {
        String index = resource("calcite/index.txt");
        return index.lines()
                .map(name -> new Script(name, 0, () -> resource("calcite/" + name)))
                .toList();
    }

    /// Queries that are not asked and statements that need not fail, as `script:line`; the file has the reason behind each.
    static Set<String> excluded() throws IOException {
        return resource("excluded.txt")
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /// SQLSTATEs with which a query may be refused, listed as `SQLSTATE:22012` in the same file.
    static Set<String> excused() throws IOException {
        return excluded().stream()
                .filter(entry -> entry.startsWith(EXCUSED))
                .map(entry -> entry.substring(EXCUSED.length()))
                .collect(Collectors.toSet());
    }

    /// The scripts of a folder, for running others than those of the class path.
    static List<Script> folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .map(file ->
                            new Script(
                                    folder.relativize(file).toString(),
                                    file.toFile().length(),
                                    () -> Files.readString(file)))
                    .toList();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
