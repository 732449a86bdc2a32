package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The stored table that a statement writes to.
///
/// @param schema in which it was found
record TargetTable(String schema, TableView view, RelationName.Table name) {
    /// @param verb what the statement does, for messages: `inserted into`
    /// @throws BasaltException where there is none of that name, or it holds no rows of its own
    static TargetTable find(
            ObjectName target, CatalogView catalog, String sessionSchema, String verb) {
        String schema = target.schemaOr(sessionSchema);
        @Nullable TableView table = catalog.table(schema, target.name());
        if (table == null) {
            if (catalog.view(schema, target.name()) != null) {
                throw new BasaltException(
                        ErrorCode.WRONG_OBJECT_TYPE,
                        target + " is a view; rows are " + verb + " tables");
            }
            throw new BasaltException(ErrorCode.UNDEFINED_TABLE, "There is no table " + target);
        }
        if (!(table.relation() instanceof RelationName.Table stored)) {
            throw new BasaltException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    target + " belongs to the system; rows cannot be " + verb + " it");
        }
        return new TargetTable(schema, table, stored);
    }
}
