package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.CheckSpec;
import io.basaltdb.query.sql.Statement.ColumnSpec;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One action of ALTER TABLE.
public sealed interface Alteration {
    /// ADD [COLUMN] [IF NOT EXISTS] column.
    record AddColumn(ColumnSpec column, boolean ifNotExists) implements Alteration {}

    /// DROP [COLUMN] [IF EXISTS] column.
    record DropColumn(String column, boolean ifExists) implements Alteration {}

    /// RENAME [COLUMN] column TO name.
    record RenameColumn(String column, String name) implements Alteration {}

    /// RENAME TO name.
    record RenameTable(String name) implements Alteration {}

    /// ADD [CONSTRAINT name] CHECK (condition).
    record AddCheck(CheckSpec check) implements Alteration {}

    /// DROP CONSTRAINT [IF EXISTS] name.
    record DropConstraint(String name, boolean ifExists) implements Alteration {}

    /// SET (option = value, …): the others stay as they are.
    record SetOptions(Map<String, String> options) implements Alteration {
        public SetOptions {
            options = Map.copyOf(options);
        }
    }

    /// SET TTL expression, DROP TTL.
    ///
    /// @param sql as text; null: rows do not expire
    record SetTtl(@Nullable String sql) implements Alteration {}

    /// DROP PARTITION value, DROP PARTITION (value, …): the rows of one partition.
    ///
    /// @param values per partition expression the text of an expression
    record DropPartition(List<String> values) implements Alteration {
        public DropPartition {
            values = List.copyOf(values);
        }
    }

    /// ALTER [COLUMN] column SET DEFAULT value, DROP DEFAULT.
    ///
    /// @param sql the DEFAULT expression as text; null: none
    record SetDefault(String column, @Nullable String sql) implements Alteration {}

    /// ALTER [COLUMN] column SET NOT NULL, DROP NOT NULL.
    record SetNullable(String column, boolean nullable) implements Alteration {}

    /// ALTER [COLUMN] column [SET DATA] TYPE type [USING expression].
    ///
    /// @param usingSql what the values become, as text; null: a cast of them
    record SetType(String column, Type type, @Nullable String usingSql) implements Alteration {}
}
