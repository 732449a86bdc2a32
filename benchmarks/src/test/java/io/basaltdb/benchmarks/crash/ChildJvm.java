package io.basaltdb.benchmarks.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// How a child process is started: a JVM with the classes of the tests.
///
/// A child that lives for two seconds spends most of them on loading and compiling classes: it gets the fast compiler only, and [#trained]
/// takes the loading away: the class path is packed into jars,
/// one child is watched, and what it loaded is kept in an ahead-of-time cache; the first transaction comes three times sooner.
///
/// @param under the command that runs the JVM, with its arguments; none where it runs by itself
record ChildJvm(List<String> under, String classPath, List<String> flags) {
    private static final int PATIENCE_SECONDS = 120;

    static ChildJvm plain() {
        return new ChildJvm(
                List.of(),
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED"));
    }

    /// A JVM that another command runs.
    ChildJvm under(String... command) {
        return new ChildJvm(List.of(command), classPath, flags);
    }

    private ChildJvm with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new ChildJvm(under, classPath, all);
    }

    Process start(Class<?> main, List<String> arguments, Path errors) throws IOException {
        List<String> command = new ArrayList<>(under);
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /// A JVM whose children start fast. The program is run once, until it has printed that many lines.
    ///
    /// @param folder for jars and cache, which must stay as long as children are started
    ChildJvm trained(Path folder, int lineCount, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        Path cache = folder.resolve("children.aot");
        ChildJvm packed = new ChildJvm(under, packed(folder), flags);
        Process child =
                packed.with("-XX:AOTCacheOutput=" + cache)
                        .start(main, arguments, folder.resolve("training-errors"));
        try (BufferedReader lines = child.inputReader()) {
            int left = lineCount;
            while (lines.readLine() != null) {
                if (--left == 0) {
                    child.toHandle().destroy(); // politely: the cache is written on the way out
                }
            }
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IllegalStateException(
                        "the training wrote no cache: "
                                + Files.readString(folder.resolve("training-errors")));
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        return packed.with("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    /// The class path with each directory packed into a jar: only jars can be cached.
    private String packed(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes-" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar.toString());
            } else if (Files.exists(path)) {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(directory)) {
            out.setLevel(0);
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
