package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Which sources were measured.
final class Commit {
    private Commit() {}

    /// The short commit of the folder that the sources are in, with a `+` where files have changed since; "unknown"
    /// outside a repository.
    static String current() {
        String home = System.getProperty("basalt.home", ".");
        String commit = git(home, "rev-parse", "--short", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        boolean changed = !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty();
        return changed ? commit + "+" : commit;
    }

    private static String git(String folder, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = folder;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? out.strip() : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
