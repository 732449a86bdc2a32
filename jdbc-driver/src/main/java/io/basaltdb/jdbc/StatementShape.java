package io.basaltdb.jdbc;

import io.basaltdb.jdbc.wire.Answer;
import io.basaltdb.jdbc.wire.Requests;
import io.basaltdb.jdbc.wire.WireConnection;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.ipc.WireSchema;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters and columns of a statement, as the server describes them before it runs.
final class StatementShape {
    private final WireSchema parameters;
    private final @Nullable WireSchema columns;

    private StatementShape(WireSchema parameters, @Nullable WireSchema columns) {
        this.parameters = parameters;
        this.columns = columns;
    }

    /// Lets the server prepare the statement and forget it again.
    static StatementShape ask(BasaltConnection connection, String sql) throws SQLException {
        try {
            WireConnection wire = connection.wire();
            int number = wire.nextStatement();
            Answer answer = Requests.prepare(wire, number, sql);
            WireSchema columns = answer.awaitSchema();
            answer.awaitDone();
            Requests.closeStatement(wire, number).awaitDone();
            WireSchema parameters = answer.parameters();
            return new StatementShape(
                    parameters == null ? new WireSchema(List.of()) : parameters, columns);
        } catch (WireException e) {
            throw SqlErrors.of(e);
        }
    }

    WireSchema parameters() {
        return parameters;
    }

    /// Null if the statement gives no rows.
    @Nullable WireSchema columns() {
        return columns;
    }
}
