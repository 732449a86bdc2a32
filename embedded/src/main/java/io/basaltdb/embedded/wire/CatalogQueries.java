package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.message.Meta;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;

/// Questions about the catalog as statements over `information_schema`. Their text consists of
/// constants alone; what the client gave is bound.
record CatalogQueries(String sql, List<Session.Parameter> parameters) {
    static CatalogQueries of(Meta meta) {
        return switch (meta.kind()) {
            case Meta.SCHEMAS ->
                    of(
                            meta,
                            "SELECT schema_name FROM information_schema.schemata",
                            " ORDER BY schema_name",
                            "schema_name");
            case Meta.TABLES ->
                    of(
                            meta,
                            "SELECT table_schema, table_name, table_type"
                                    + " FROM information_schema.tables",
                            " ORDER BY table_type, table_schema, table_name",
                            "table_schema",
                            "table_name");
            case Meta.COLUMNS ->
                    of(
                            meta,
                            "SELECT table_schema, table_name, column_name, ordinal_position,"
                                    + " column_default, is_nullable, data_type"
                                    + " FROM information_schema.columns",
                            " ORDER BY table_schema, table_name, ordinal_position",
                            "table_schema",
                            "table_name",
                            "column_name");
            default ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "this server does not know catalog questions of kind " + meta.kind());
        };
    }

    /// A condition per pattern that was given, on the column at the same position.
    private static CatalogQueries of(Meta meta, String select, String order, String... columns) {
        StringBuilder sql = new StringBuilder(select);
        List<Session.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            String pattern = meta.pattern(i);
            if (pattern != null) {
                sql.append(parameters.isEmpty() ? " WHERE " : " AND ")
                        .append(columns[i])
                        .append(" LIKE ? ESCAPE '\\'");
                parameters.add(new Session.Parameter(Value.of(pattern), Type.TEXT));
            }
        }
        return new CatalogQueries(sql.append(order).toString(), parameters);
    }
}
