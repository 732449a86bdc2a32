package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE TABLE … AS: creates the table that a query's columns ask for, and plans the insert of its rows.
final class TableFromQuery {
    private static final Schema COUNT = Schema.of(new Field("count", Type.BIGINT, false));

    private TableFromQuery() {}

    /// Creates the table; gives the plan that fills it, or null where it stood already (IF NOT EXISTS).
    static @Nullable PlannedQuery plan(
            Statement.CreateTableAs create, PlannedQuery source, DefinitionStatements definitions) {
        Schema columns = source.columns();
        List<String> names = names(create, columns);
        List<Statement.ColumnSpec> specs = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Type given = columns.type(c);
            Type type =
                    given instanceof Type.Null
                            ? Type.TEXT
                            : given instanceof Type.Interval ? Type.INTERVAL : given;
            specs.add(new Statement.ColumnSpec(names.get(c), type, true, null));
            Expression column = new Expression.Column(c, given);
            values.add(type.equals(given) ? column : new Expression.Cast(column, type, false));
            fields.add(new Field(names.get(c), type, true));
        }
        TableDefinition wanted =
                Definitions.table(
                        definitions.schemaOf(create.name()),
                        create.name().name(),
                        specs,
                        create.layout(),
                        definitions.timeZone());
        if (create.ifExists() == Statement.IfExists.SKIP && definitions.stands(wanted)) {
            return null;
        }
        TableDefinition created = definitions.create(wanted, create.ifExists());
        PlanNode rows = new PlanNode.Project(source.plan(), values, new Schema(fields));
        PlanNode insert =
                new PlanNode.Insert(
                        new RelationName.Table(created.id(), created.schema(), created.name()),
                        rows,
                        COUNT);
        return new PlannedQuery(insert, COUNT, source.parameters(), source.catalogVersion());
    }

    private static List<String> names(Statement.CreateTableAs create, Schema columns) {
        if (create.columns().isEmpty()) {
            return columns.fields().stream().map(Field::name).toList();
        }
        if (create.columns().size() != columns.size()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "table "
                            + create.name()
                            + " names "
                            + create.columns().size()
                            + " columns, but its query has "
                            + columns.size());
        }
        return create.columns();
    }
}
