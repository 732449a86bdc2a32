package io.basaltdb.query.sql;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/// The names that a client sees. Inside a query names are unique, so the validator gives the second of two columns of one name another;
/// a result shows what was written.
final class Labels {
    private Labels() {}

    /// @param valid the validated statement
    /// @param columns as the validator named them
    static Schema of(SqlNode valid, Schema columns) {
        return switch (valid) {
            case SqlSelect select -> ofSelect(select.getSelectList(), columns);
            case SqlWith with -> of(with.body, columns);
            case SqlOrderBy ordered -> of(ordered.query, columns);
            default -> columns;
        };
    }

    private static Schema ofSelect(SqlNodeList items, Schema columns) {
        if (items.size() != columns.size()) {
            return columns;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Field field = columns.field(i);
            fields.add(
                    new Field(label(items.get(i), field.name()), field.type(), field.nullable()));
        }
        return new Schema(fields);
    }

    /// The validator's own aliases stand where their columns do; an alias of the statement stands behind.
    private static String label(SqlNode item, String name) {
        if (item instanceof SqlBasicCall alias
                && alias.getKind() == SqlKind.AS
                && alias.operand(0) instanceof SqlIdentifier column
                && alias.operand(1).getParserPosition().equals(column.getParserPosition())) {
            String written = column.names.getLast();
            if (name.startsWith(written)
                    && name.substring(written.length()).chars().allMatch(Character::isDigit)) {
                return written;
            }
        }
        return name;
    }
}
