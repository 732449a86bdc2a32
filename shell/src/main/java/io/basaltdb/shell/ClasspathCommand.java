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
            "For example: java -cp app.jar:$(basalt classpath) app.Main"
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
                        Files.readString(root.resolve("embedded/target/classpath.txt")).strip()));
        return 0;
    }

    private static String jar(Path root, String module, String artifact) {
        String file = artifact + "-" + VersionCommand.version() + ".jar";
        return root.resolve(module).resolve("target").resolve(file).toString();
    }
}
