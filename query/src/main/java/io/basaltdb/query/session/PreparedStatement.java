package io.basaltdb.query.session;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that was parsed once and is executed many times.
final class PreparedStatement implements Session.Prepared {
    private final EngineSession session;
    private final String sql;
    private final Statement statement;
    private final @Nullable PlannedQuery planned;

    PreparedStatement(EngineSession session, String sql) {
        this.session = session;
        this.sql = sql;
        SqlFrontEnd.Prepared prepared = session.describe(sql);
        this.statement = prepared.statement();
        this.planned = prepared.planned();
    }

    /// Whether the statement's plan gives its rows.
    static boolean isQuery(Statement statement) {
        return statement instanceof Statement.Query || statement instanceof Statement.Summarize;
    }

    @Override
    public Schema result() {
        boolean givesRows = isQuery(statement) || RowChange.returnsRows(planned);
        return planned == null || !givesRows ? Schema.of() : planned.columns();
    }

    @Override
    public List<Field> parameters() {
        List<Type> types =
                planned != null
                        ? planned.parameters()
                        : statement instanceof Statement.Merge merge
                                ? session.parameters(merge)
                                : List.of();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("p" + (i + 1), types.get(i), true));
        }
        return fields;
    }

    @Override
    public Result execute(List<Session.Parameter> parameters) {
        return session.executePrepared(sql, parameters);
    }

    @Override
    public void close() {}
}
