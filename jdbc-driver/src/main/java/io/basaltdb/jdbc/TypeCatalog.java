package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.SqlType;
import io.basaltdb.jdbc.wire.LocalRows;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// The types of the database, as `getTypeInfo` lists them: by the number of the JDBC type.
final class TypeCatalog {
    private TypeCatalog() {}

    static LocalRows rows() {
        LocalRows rows = RowShape.empty(RowShape.TYPES);
        add(rows, "TINYINT", null, 10);
        add(rows, "BIGINT", null, 10);
        add(rows, "VARBINARY", null, 0);
        add(rows, "DECIMAL", "precision,scale", 10);
        add(rows, "INTEGER", null, 10);
        add(rows, "SMALLINT", null, 10);
        add(rows, "REAL", null, 2);
        add(rows, "DOUBLE", null, 2);
        add(rows, "TEXT", null, 0);
        add(rows, "BOOLEAN", null, 0);
        add(rows, "DATE", null, 0);
        add(rows, "TIME", null, 0);
        add(rows, "TIMESTAMP", "precision", 0);
        add(rows, "UUID", null, 0);
        add(rows, "JSON", null, 0);
        add(rows, "INTERVAL", null, 0);
        add(rows, "INET", null, 0);
        add(rows, "TIMESTAMP WITH TIME ZONE", "precision", 0);
        return rows;
    }

    private static void add(LocalRows rows, String name, @Nullable String create, int radix) {
        SqlType type = SqlType.named(name);
        boolean isQuoted = radix == 0 && type.code() != Types.BOOLEAN;
        int maxScale = type.code() == Types.DECIMAL ? 38 : create == null ? 0 : 9;
        rows.add(
                name,
                type.code(),
                type.precision(),
                isQuoted ? prefix(type) : null,
                isQuoted ? "'" : null,
                create,
                DatabaseMetaData.typeNullable,
                type.code() == Types.VARCHAR,
                DatabaseMetaData.typeSearchable,
                !type.isSigned(),
                false,
                false,
                name,
                0,
                maxScale,
                null,
                null,
                radix == 0 ? null : radix);
    }

    private static String prefix(SqlType type) {
        switch (type.code()) {
            case Types.DATE:
            case Types.TIME:
            case Types.OTHER:
                return type.name() + " '";
            case Types.VARBINARY:
                return "x'";
            case Types.TIMESTAMP:
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return type.name() + " '";
            default:
                return "'";
        }
    }
}
