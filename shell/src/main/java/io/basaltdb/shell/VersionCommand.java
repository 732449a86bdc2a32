package io.basaltdb.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `basalt version`: what is running, and on which Java.
@Command(
        name = "version",
        description = "Print the version of Basalt and of the Java that runs it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class VersionCommand implements Runnable, IVersionProvider {
    @Override
    public void run() {
        System.out.println(line());
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    /// One line for people and bug reports: version, Java, operating system.
    static String line() {
        return "Basalt %s (Java %s, %s; %s %s)"
                .formatted(
                        version(),
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    /// The version of this build, which the build wrote beside this class.
    static String version() {
        Properties build = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IllegalStateException(
                        "build.properties is missing beside " + VersionCommand.class);
            }
            build.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("build.properties is unreadable", e);
        }
        return build.getProperty("version");
    }
}
