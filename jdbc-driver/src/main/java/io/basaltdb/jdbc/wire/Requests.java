package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.message.CloseStatement;
import io.basaltdb.protocol.message.Complete;
import io.basaltdb.protocol.message.Meta;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.protocol.message.Progress;
import io.basaltdb.protocol.message.Query;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends requests; each opens a stream and gives its answer.
public final class Requests {
    /// What the server permits itself for questions about the catalog.
    private static final int USUAL_CREDIT = 4;

    private static final int SMALL_BYTES = 256;

    private interface Writer {
        void write(FrameBuffer out, int stream);
    }

    private Requests() {}

    /// Runs a statement.
    ///
    /// @param parameters one row as Arrow bytes, or empty
    /// @param settings that hold for this statement alone
    /// @param progress who hears how far it is, or null
    public static Answer query(
            WireConnection connection,
            String sql,
            byte[] parameters,
            QueryLimits limits,
            Map<String, String> settings,
            @Nullable Consumer<Progress> progress)
            throws WireException {
        return send(
                connection,
                limits.credit(),
                progress,
                sql.length() + parameters.length,
                (out, stream) ->
                        new Query(
                                        sql,
                                        0,
                                        limits.credit(),
                                        limits.maxRows(),
                                        limits.timeoutMillis(),
                                        settings,
                                        parameters)
                                .write(out, stream));
    }

    /// Prepares a statement and lets the server keep it.
    public static Answer prepare(WireConnection connection, int statement, String sql)
            throws WireException {
        return send(
                connection,
                USUAL_CREDIT,
                (out, stream) -> new Prepare(statement, sql).write(out, stream));
    }

    /// Lets the server forget a statement.
    public static Answer closeStatement(WireConnection connection, int statement)
            throws WireException {
        return send(
                connection,
                USUAL_CREDIT,
                (out, stream) -> new CloseStatement(statement).write(out, stream));
    }

    /// Asks about the catalog.
    public static Answer meta(WireConnection connection, String kind, @Nullable String... patterns)
            throws WireException {
        return send(
                connection,
                USUAL_CREDIT,
                (out, stream) -> new Meta(kind, patterns).write(out, stream));
    }

    /// Asks how a text could go on.
    public static Answer complete(WireConnection connection, String text, int cursor)
            throws WireException {
        return send(
                connection,
                USUAL_CREDIT,
                (out, stream) -> new Complete(text, cursor).write(out, stream));
    }

    /// Asks for a sign of life.
    public static Answer ping(WireConnection connection) throws WireException {
        return send(
                connection,
                USUAL_CREDIT,
                (out, stream) -> {
                    out.begin(FrameType.PING, 0, stream);
                    out.end();
                });
    }

    private static Answer send(WireConnection connection, int credit, Writer writer)
            throws WireException {
        return send(connection, credit, null, 0, writer);
    }

    private static Answer send(
            WireConnection connection,
            int credit,
            @Nullable Consumer<Progress> progress,
            int expectedBytes,
            Writer writer)
            throws WireException {
        int stream = connection.openStream(progress);
        FrameBuffer out = new FrameBuffer(SMALL_BYTES + expectedBytes);
        try {
            writer.write(out, stream);
            connection.send(out);
        } catch (ProtocolException e) {
            connection.closeStream(stream);
            throw new WireException(
                    "54000", "the request is too large: " + e.getMessage(), false, e);
        } catch (WireException e) {
            connection.closeStream(stream);
            throw e;
        }
        return new Answer(connection, stream, credit);
    }
}
