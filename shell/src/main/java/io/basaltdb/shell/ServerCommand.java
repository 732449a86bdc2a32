package io.basaltdb.shell;

import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.embedded.process.EngineOpener;
import io.basaltdb.embedded.process.WarmUp;
import io.basaltdb.server.Server;
import io.basaltdb.server.ServerOptions;
import io.basaltdb.storage.error.BasaltException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `basalt server`: serves one database directory until it is told to stop. `^C` and SIGTERM let running requests end.
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = {
            "Serve a database directory on one port, for JDBC and HTTP.",
            "^C or SIGTERM: no new connections, running requests may end, then exit code 0.",
            "Exit codes: 0 stopped, 1 could not start, 2 not understood."
        })
final class ServerCommand implements Callable<Integer> {
    /// Share of the heap that queries may hold where nothing else runs in the JVM.
    private static final double HEAP_SHARE = 0.6;

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "basalt-data",
            description =
                    "the database directory, created where it is missing (default: ${DEFAULT-VALUE})")
    Path data = Path.of("basalt-data");

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "the address to listen on; beyond loopback only with a token (default: ${DEFAULT-VALUE})")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5455",
            description = "the port; 0 for any that is free (default: ${DEFAULT-VALUE})")
    int port = ServerOptions.DEFAULT_PORT;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:BASALT_TOKEN}",
            description = "what clients must know (default: the environment's BASALT_TOKEN)")
    @Nullable String token;

    @Option(
            names = "--java-functions",
            description =
                    "run functions that clients create with LANGUAGE JAVA, which may do whatever this process may")
    boolean javaFunctions;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = spec;
        assert command != null : "set by the command line";
        DatabaseRegistry registry =
                new DatabaseRegistry(
                        new EngineOpener(DatabaseRegistry.fileFormats(), HEAP_SHARE, javaFunctions),
                        WarmUp.ofThisJvm());
        try {
            DatabaseRegistry.Lease database = registry.directory(data.toString());
            try {
                Server server = Server.start(database, options());
                stopOnSignal(server, database);
                announce(command.commandLine().getOut(), server);
            } catch (BasaltException e) {
                database.close();
                throw e;
            }
        } catch (BasaltException failure) {
            command.commandLine()
                    .getErr()
                    .println("error " + failure.code().sqlState() + ": " + failure.text());
            return 1;
        }
        // The signal's hook ends the process.
        new CountDownLatch(1).await();
        return 0;
    }

    private ServerOptions options() {
        ServerOptions options =
                ServerOptions.standard(VersionCommand.version()).withHost(host).withPort(port);
        return token == null || token.isEmpty() ? options : options.withToken(token);
    }

    private void announce(PrintWriter out, Server server) {
        out.printf(
                "Basalt %s serves %s at jdbc:basalt://%s:%d (^C stops it)%n",
                VersionCommand.version(), data, host, server.port());
        out.flush();
    }

    private static void stopOnSignal(Server server, DatabaseRegistry.Lease database) {
        Thread hook =
                new Thread(
                        () -> {
                            server.close();
                            database.close();
                            // A signal that was obeyed is no failure.
                            Runtime.getRuntime().halt(0);
                        },
                        "basalt-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
