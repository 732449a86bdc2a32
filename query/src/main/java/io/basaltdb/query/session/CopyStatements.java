package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// COPY between tables and files.
final class CopyStatements {
    private final EngineParts parts;
    private final SessionState session;
    private final QueryLog.Running query;

    CopyStatements(EngineParts parts, SessionState session, QueryLog.Running query) {
        this.parts = parts;
        this.session = session;
        this.query = query;
    }

    /// All rows of the files in one commit, or an error and none.
    ///
    /// @param token under which they are inserted; null for none
    Result copyFrom(Statement.CopyFrom copy, @Nullable InsertToken token) {
        Writes.Outcome outcome =
                new Writes(parts.database(), session.transaction(), parts.contended())
                        .run(transaction -> load(copy, transaction, token));
        return RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private long load(
            Statement.CopyFrom copy, Transaction transaction, @Nullable InsertToken token) {
        StatementRun run = new StatementRun(parts, session, transaction.snapshot(), query);
        TableDefinition table =
                new DefinitionStatements(transaction, parts, session.settings())
                        .find(copy.target());
        Schema columns = columns(table, copy.columns());
        Map<String, String> options = withoutFormat(copy.options());
        FileFormat format = parts.formats().choose(copy.options().get("format"), copy.file());
        Relation source = format.read(parts.formats().expand(copy.file()), options, columns);
        RelationName.Function name =
                new RelationName.Function(SnapshotRelations.COPY_SOURCE, List.of(copy.file()));
        run.relations().define(name, source);
        return TokenedInsert.once(
                transaction,
                table,
                token,
                () ->
                        run.count(
                                run.planner().plan(insertFrom(table, columns, copy.file())),
                                List.of(),
                                transaction));
    }

    private static Schema columns(TableDefinition table, List<String> names) {
        if (names.isEmpty()) {
            return table.givenSchema();
        }
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            int at = table.rowSchema().indexOf(name);
            if (at < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "table "
                                + table.qualifiedName()
                                + " has no column "
                                + name
                                + "; it has "
                                + table.rowSchema().fields().stream()
                                        .map(Field::name)
                                        .collect(Collectors.joining(", ")));
            }
            fields.add(table.rowSchema().field(at));
        }
        return new Schema(fields);
    }

    private static Map<String, String> withoutFormat(Map<String, String> options) {
        Map<String, String> rest = new HashMap<>(options);
        rest.remove("format");
        return rest;
    }

    private static String insertFrom(TableDefinition table, Schema columns, String file) {
        String names =
                columns.fields().stream()
                        .map(field -> DefinitionText.quoted(field.name()))
                        .collect(Collectors.joining(", "));
        return "INSERT INTO "
                + DefinitionText.name(table.schema(), table.name())
                + " ("
                + names
                + ") SELECT * FROM "
                + SnapshotRelations.COPY_SOURCE
                + "('"
                + file.replace("'", "''")
                + "')";
    }

    Result copyTo(Statement.CopyTo copy, StatementRun run) {
        FileFormat format = parts.formats().choose(copy.options().get("format"), copy.file());
        PlannedQuery planned = run.planner().plan(copy.source());
        long rows = 0;
        try (FileFormat.Writer writer =
                        format.write(
                                copy.file(), withoutFormat(copy.options()), planned.columns());
                QueryExecution execution = run.start(planned, List.of(), null)) {
            @Nullable Batch batch = execution.next();
            while (batch != null) {
                writer.append(batch);
                rows += batch.rowCount();
                batch = execution.next();
            }
            writer.finish();
        }
        return RowsResult.count(rows, query.id(), run.snapshot().commit());
    }
}
