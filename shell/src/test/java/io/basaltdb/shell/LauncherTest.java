package io.basaltdb.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The launcher before a JVM runs: which JDKs it takes, and what it says without one.
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "17.0.15, false",
        "25, false",
        "25.0.2, false",
        "25.0.3, true",
        "25.0.10, true",
        "25.1, true",
        "26, true",
        "26-ea, true",
        "1.8.0_402, false",
        "08.09.010, false",
        "unknown, false"
    })
    void takesAJdkOfTheRightVersion(String version, boolean expected) throws Exception {
        Path home = jdk(version, "java", "javac");
        assertEquals(expected, isUsable(home));
    }

    @Test
    void refusesARuntimeWithoutACompiler() throws Exception {
        assertEquals(false, isUsable(jdk("25.0.3", "java")));
    }

    @Test
    void prefersWhatTheUserNamed() throws Exception {
        Path home = jdk("99.0.1", "java", "javac");
        Path link = Files.createSymbolicLink(folder.resolve("link"), home);
        Answer answer =
                bash("JAVA_HOME=" + link, "source .mvn/find-jdk.sh; find_jdk; echo \"$jdk_home\"");
        assertEquals(link.toString(), answer.output().strip());
    }

    @Test
    void saysWhatToDoWithoutAJdk() throws Exception {
        Answer answer =
                bash(
                        "BASALT_JAVA_HOME=" + jdk("17.0.1", "java", "javac"),
                        "source .mvn/find-jdk.sh; jdk_least=999; jdk_is_usable"
                                + " \"$BASALT_JAVA_HOME\"; say_no_jdk");
        assertTrue(
                answer.output().contains("needs a JDK of version 999 or later"), answer.output());
        assertTrue(answer.output().contains("17.0.1"), answer.output());
        assertTrue(answer.output().contains("JAVA_HOME"), answer.output());
    }

    @Test
    void explainsItselfWithoutAJvm() throws Exception {
        Answer answer = bash("JAVA_HOME=/nowhere", "./basalt --help");
        assertEquals(0, answer.exit());
        assertTrue(answer.output().startsWith("Basalt: a columnar database"), answer.output());
    }

    /// The launcher's help needs no JVM, so it repeats the names; here they are held together.
    @Test
    void itsHelpNamesTheCommandsThatThereAre() throws Exception {
        Set<String> named = new TreeSet<>();
        Matcher line =
                Pattern.compile("(?m)^  ([a-z]+) ").matcher(bash("X=", "./basalt --help").output());
        while (line.find()) {
            named.add(line.group(1));
        }
        Set<String> built = new TreeSet<>(Set.of("bench", "demo", "test"));
        Main.commandLine()
                .getSubcommands()
                .forEach((name, command) -> {
                    if (!command.getCommandSpec().usageMessage().hidden()) {
                        built.add(name);
                    }
                });
        assertEquals(built, named);
    }

    @Test
    void refusesCompactObjectHeaders() throws Exception {
        Answer answer =
                bash(
                        "BASALT_JAVA_OPTIONS=-XX:+UseCompactObjectHeaders",
                        "BASALT_NO_BUILD=1 ./basalt version");
        assertEquals(1, answer.exit());
        assertTrue(answer.output().contains("UseCompactObjectHeaders is refused"), answer.output());
    }

    private boolean isUsable(Path home) throws Exception {
        Answer answer = bash("X=", "source .mvn/find-jdk.sh; jdk_is_usable " + home);
        assertTrue(answer.exit() <= 1, answer.output());
        return answer.exit() == 0;
    }

    private Path jdk(String version, String... programs) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createDirectories(home.resolve("bin"));
        for (String program : programs) {
            Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
            assertTrue(file.toFile().setExecutable(true));
        }
        return home;
    }

    private record Answer(int exit, String output) {}

    private static Answer bash(String setting, String script) throws Exception {
        Process process =
                new ProcessBuilder(List.of("env", setting, "bash", "-c", script))
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), output);
        return new Answer(process.exitValue(), output);
    }
}
