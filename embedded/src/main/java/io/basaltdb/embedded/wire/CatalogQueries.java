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
                            "SELECT table_schema, table_name, table_type, table_comment AS remarks"
                                    + " FROM information_schema.tables",
                            " ORDER BY table_type, table_schema, table_name",
                            "table_schema",
                            "table_name");
            case Meta.COLUMNS ->
                    of(
                            meta,
                            "SELECT table_schema, table_name, column_name, ordinal_position,"
                                    + " column_default, is_nullable, data_type, is_generated,"
                                    + " column_comment AS remarks"
                                    + " FROM information_schema.columns",
                            " ORDER BY table_schema, table_name, ordinal_position",
                            "table_schema",
                            "table_name",
                            "column_name");
            case Meta.PRIMARY_KEYS -> key(meta, "primary_key_position", "column_name");
            case Meta.SORT_KEYS -> key(meta, "sort_key_position", "key_position");
            case Meta.FUNCTIONS ->
                    of(
                            meta,
                            "SELECT name AS function_name FROM system.functions",
                            " ORDER BY function_name",
                            "name");
            default ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "this server does not know catalog questions of kind " + meta.kind());
        };
    }

    private static CatalogQueries key(Meta meta, String position, String order) {
        return of(
                meta,
                "SELECT schema_name AS table_schema, table_name, name AS column_name, "
                        + position
                        + " AS key_position FROM (SELECT * FROM system.columns WHERE "
                        + position
                        + " IS NOT NULL) AS key_columns",
                " ORDER BY " + order + ", table_schema, table_name",
                "schema_name",
                "table_name");
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
