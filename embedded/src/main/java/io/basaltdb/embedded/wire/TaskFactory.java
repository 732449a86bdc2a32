package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.ParameterDecoder;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.ipc.RowReader;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.protocol.message.Capability;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.CloseStatement;
import io.basaltdb.protocol.message.Complete;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.Meta;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.protocol.message.Progress;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.protocol.message.Version;
import io.basaltdb.protocol.message.Welcome;
import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The worker's side of a session: the engine's session, the kept statements, and which task a
/// request becomes.
final class TaskFactory {
    private static final int META_CREDIT = 4;
    private static final List<String> CAPABILITIES =
            List.of(Capability.DICTIONARIES, Capability.TRANSACTIONS, Capability.PROGRESS);

    /// What a task may see of its stream.
    interface View extends StreamCredit {
        void grant(int batches);

        @Nullable Frame poll();
    }

    private final SessionSource source;
    private final WireOptions options;
    private final Map<Integer, Session.Prepared> statements = new HashMap<>();
    private final RowReader parameterRows = new RowReader();
    private volatile @Nullable Session session;
    private boolean wantsDictionaries;
    private volatile boolean wantsProgress;
    private int timeoutMillis;

    TaskFactory(SessionSource source, WireOptions options) {
        this.source = source;
        this.options = options;
    }

    /// Opens the engine's session and writes WELCOME.
    void openSession(ClientHello hello, FrameBuffer out) {
        Session opened = source.open(hello.attributes());
        session = opened;
        List<String> capabilities = new ArrayList<>(CAPABILITIES);
        capabilities.retainAll(hello.capabilities());
        wantsDictionaries = capabilities.contains(Capability.DICTIONARIES);
        wantsProgress = capabilities.contains(Capability.PROGRESS);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Attribute.PRODUCT, options.product());
        attributes.put(Attribute.PRODUCT_VERSION, options.version());
        attributes.put(Attribute.SCHEMA, opened.currentSchema());
        int version = Version.negotiate(hello.minVersion(), hello.maxVersion());
        new Welcome(version, capabilities, attributes).write(out);
    }

    /// Stops what the engine runs for this session.
    void cancelRunning() {
        Session open = session;
        if (open != null) {
            open.cancel();
        }
    }

    /// Whether the client wants to know how far its statements are.
    boolean wantsProgress() {
        return wantsProgress;
    }

    /// Writes how far the statement is that runs; false where nothing is known of it yet.
    boolean writeProgress(int stream, FrameBuffer out) {
        Session open = session;
        if (open == null) {
            return false;
        }
        QueryProgress now = open.progress();
        long total = now.rowsTotal() == 0 ? Progress.UNKNOWN : now.rowsTotal();
        new Progress(now.rowsRead(), now.bytesRead(), total).write(out, stream);
        return now.rowsRead() > 0 || now.rowsTotal() > 0;
    }

    /// The timeout that the request of the last [#create] asked for; 0 for none.
    int timeoutMillis() {
        return timeoutMillis;
    }

    /// The task for a request.
    StreamTask create(Frame frame, View view) {
        timeoutMillis = 0;
        FrameType type = frame.type();
        if (type == null) {
            return new RefuseTask("requests of type " + frame.code());
        }
        int stream = frame.stream();
        return switch (type) {
            case QUERY -> query(stream, Query.read(frame), view);
            case PREPARE -> new PrepareTask(stream, Prepare.read(frame), open(), statements);
            case CLOSE -> new CloseTask(stream, CloseStatement.read(frame).statement(), statements);
            case INSERT_BEGIN -> insert(stream, InsertBegin.read(frame), view);
            case META -> meta(stream, Meta.read(frame), view);
            case PING -> new PingTask(stream);
            case COMPLETE -> complete(stream, Complete.read(frame), view);
            case HELLO, CREDIT, CANCEL, INSERT_DATA, INSERT_END, WELCOME -> throw wrong(frame);
            case SCHEMA, DATA, PROGRESS, PROFILE, DONE, ERROR -> throw wrong(frame);
        };
    }

    private static AssertionError wrong(Frame frame) {
        return new AssertionError("no request: " + frame);
    }

    private Session open() {
        Session open = session;
        if (open == null) {
            throw new AssertionError("a request before the session is open");
        }
        return open;
    }

    private StreamTask query(int stream, Query query, View view) {
        if (query.maxRows() < 0) {
            throw new ProtocolException("a query wants at most " + query.maxRows() + " rows");
        }
        timeoutMillis = query.timeoutMillis();
        view.grant(query.credit());
        List<Session.Parameter> parameters = parameters(query);
        Session.Prepared prepared = query.statement() == 0 ? null : kept(query.statement());
        Supplier<Result> start =
                prepared == null
                        ? () -> open().execute(query.sql(), parameters)
                        : () -> prepared.execute(parameters);
        Supplier<Result> starts =
                query.settings().isEmpty() ? start : () -> open().during(query.settings(), start);
        return new QueryTask(
                stream, starts, () -> open().timeZone(), wantsDictionaries, query.maxRows(), view);
    }

    private List<Session.Parameter> parameters(Query query) {
        int start = query.parametersStart();
        int end = query.parametersEnd();
        if (start == end) {
            return List.of();
        }
        WireBatch batch = parameterRows.read(query.parameterBytes(), start, end);
        if (batch.rowCount() != 1) {
            throw new BasaltException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "parameters come as one row, not as " + batch.rowCount());
        }
        return ParameterDecoder.decode(batch, 0);
    }

    private Session.Prepared kept(int statement) {
        Session.Prepared prepared = statements.get(statement);
        if (prepared == null) {
            throw new BasaltException(
                    ErrorCode.INVALID_STATEMENT_NAME,
                    "no prepared statement has the number " + statement);
        }
        return prepared;
    }

    private StreamTask insert(int stream, InsertBegin request, View view) {
        timeoutMillis = request.timeoutMillis();
        return new InsertTask(stream, request, open(), view::poll);
    }

    private StreamTask meta(int stream, Meta meta, View view) {
        CatalogQueries question = CatalogQueries.of(meta);
        view.grant(META_CREDIT);
        return new QueryTask(
                stream,
                () -> open().execute(question.sql(), question.parameters()),
                () -> open().timeZone(),
                wantsDictionaries,
                0,
                view);
    }

    private StreamTask complete(int stream, Complete question, View view) {
        view.grant(META_CREDIT);
        return new QueryTask(
                stream,
                () -> open().complete(question.text(), question.cursor()),
                () -> open().timeZone(),
                wantsDictionaries,
                0,
                view);
    }

    void close() {
        for (Session.Prepared prepared : statements.values()) {
            prepared.close();
        }
        statements.clear();
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
