package io.basaltdb.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    @Test
    void everyCommandExplainsItself() {
        CommandLine main = Main.commandLine();
        for (String name : main.getSubcommands().keySet()) {
            StringWriter out = new StringWriter();
            int exit = Main.commandLine().setOut(new PrintWriter(out)).execute(name, "--help");
            assertEquals(0, exit, name);
            assertTrue(out.toString().startsWith("Usage: basalt " + name), out.toString());
        }
    }

    @Test
    void anUnknownCommandIsNotUnderstood() {
        StringWriter error = new StringWriter();
        int exit = Main.commandLine().setErr(new PrintWriter(error)).execute("verison");
        assertEquals(2, exit);
        assertTrue(error.toString().contains("verison"), error.toString());
    }

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertTrue(VersionCommand.version().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"));
        assertTrue(VersionCommand.line().startsWith("Basalt " + VersionCommand.version()));
    }
}
