package io.basaltdb.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `basalt classpath`: what a program puts on its class path to run the engine inside itself through JDBC.
///
/// The build leaves the list of jars below the launcher's folder, which the launcher names in the property `basalt.home`.
@Command(
        name = "classpath",
        description = {
            "Print the class path that embeds the engine in a program.",
            "For example: java -cp app.jar:$(basalt classpath) app.Main",
            "Its last jar keeps SLF4J silent; a program that logs by SLF4J leaves it out."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class ClasspathCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        @Nullable String home = System.getProperty("basalt.home");
        if (home == null) {
            System.err.println("basalt classpath: start it with the launcher, ./basalt classpath.");
            return 1;
        }
        Path root = Path.of(home);
        System.out.println(
                String.join(
                        File.pathSeparator,
                        jar(root, "jdbc-driver", "basalt-jdbc"),
                        jar(root, "embedded", "basalt-embedded"),
                        Files.readString(root.resolve("embedded/target/classpath.txt")).strip(),
                        silence(root)));
        return 0;
    }

    /// The binding with which the planner's library, which speaks to SLF4J, says nothing: the engine tells by exceptions what went
    /// wrong, and nobody is to be greeted by a remark about logging.
    private static String silence(Path root) throws IOException {
        for (String jar :
                Files.readString(root.resolve("shell/target/classpath.txt"))
                        .strip()
                        .split(File.pathSeparator, -1)) {
            if (Path.of(jar).getFileName().toString().startsWith("slf4j-nop-")) {
                return jar;
            }
        }
        throw new IllegalStateException("the shell was built without slf4j-nop");
    }

    private static String jar(Path root, String module, String artifact) {
        String file = artifact + "-" + VersionCommand.version() + ".jar";
        return root.resolve(module).resolve("target").resolve(file).toString();
    }
}
