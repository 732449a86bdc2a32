package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.SqlType;
import io.basaltdb.jdbc.wire.LocalRows;
import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.protocol.message.Meta;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is known of the database. Every method answers: what the database does not have is an empty
/// result set, never null and never an exception. Patterns are bound by the server.
final class DatabaseFacts extends FixedFacts {
    /// The one catalog; databases are schemas in it.
    static final String CATALOG = "basalt";

    private static final String[] TABLE_TYPES = {"SYSTEM TABLE", "TABLE", "VIEW"};
    private static final Set<String> VIRTUAL_SCHEMAS =
            new HashSet<>(Arrays.asList("information_schema", "pg_catalog", "system"));

    private final BasaltConnection connection;

    DatabaseFacts(BasaltConnection connection) {
        this.connection = connection;
    }

    private static ResultSet rows(LocalRows rows) {
        return new BasaltResultSet(null, rows, 0);
    }

    private static ResultSet none(String shape) {
        return rows(RowShape.empty(shape));
    }

    /// An empty name asks for objects without catalog, of which there are none.
    private static boolean isOtherCatalog(@Nullable String catalog) {
        return catalog != null && !catalog.equalsIgnoreCase(CATALOG);
    }

    // ---- tables and columns ----

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            String @Nullable [] types)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.TABLES);
        if (isOtherCatalog(catalog)) {
            return rows(rows);
        }
        Set<String> wanted = types == null ? null : new HashSet<>(Arrays.asList(types));
        CatalogReader tables =
                CatalogReader.ask(connection, Meta.TABLES, schemaPattern, tablePattern);
        while (tables.next()) {
            String schema = tables.need("table_schema");
            String type = tableType(schema, tables.need("table_type"));
            if (wanted == null || wanted.contains(type)) {
                String name = tables.need("table_name");
                String remarks = tables.text("remarks");
                rows.add(CATALOG, schema, name, type, remarks, null, null, null, null, null);
            }
        }
        return rows(rows);
    }

    private static String tableType(String schema, String type) {
        if (VIRTUAL_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT))) {
            return "SYSTEM TABLE";
        }
        return type.equals("BASE TABLE") ? "TABLE" : type;
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.COLUMNS);
        if (isOtherCatalog(catalog)) {
            return rows(rows);
        }
        CatalogReader columns =
                CatalogReader.ask(
                        connection, Meta.COLUMNS, schemaPattern, tablePattern, columnPattern);
        while (columns.next()) {
            addColumn(rows, columns);
        }
        return rows(rows);
    }

    private static void addColumn(LocalRows rows, CatalogReader column) {
        SqlType type = SqlType.named(column.need("data_type"));
        boolean isNullable = !"NO".equals(column.text("is_nullable"));
        boolean isNumber = type.isSigned();
        boolean isText = type.code() == Types.VARCHAR;
        rows.add(
                CATALOG,
                column.need("table_schema"),
                column.need("table_name"),
                column.need("column_name"),
                type.code(),
                type.name(),
                type.precision(),
                null,
                isNumber || type.scale() > 0 ? type.scale() : null,
                isNumber ? 10 : null,
                isNullable ? columnNullable : columnNoNulls,
                column.text("remarks"),
                column.text("column_default"),
                null,
                null,
                isText ? type.precision() : null,
                column.number("ordinal_position"),
                isNullable ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                "ALWAYS".equals(column.text("is_generated")) ? "YES" : "NO");
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.SCHEMAS);
        if (isOtherCatalog(catalog)) {
            return rows(rows);
        }
        CatalogReader schemas = CatalogReader.ask(connection, Meta.SCHEMAS, schemaPattern);
        Set<String> names = new TreeSet<>();
        while (schemas.next()) {
            names.add(schemas.need("schema_name"));
        }
        for (String name : names) {
            rows.add(name, CATALOG);
        }
        return rows(rows);
    }

    @Override
    public ResultSet getCatalogs() {
        return rows(RowShape.empty(RowShape.CATALOGS).add(CATALOG));
    }

    @Override
    public ResultSet getTableTypes() {
        LocalRows rows = RowShape.empty(RowShape.TABLE_TYPES);
        for (String type : TABLE_TYPES) {
            rows.add(type);
        }
        return rows(rows);
    }

    @Override
    public ResultSet getTypeInfo() {
        return rows(TypeCatalog.rows());
    }

    // ---- keys and indexes ----

    @Override
    public ResultSet getPrimaryKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.PRIMARY_KEYS);
        if (isOtherCatalog(catalog)) {
            return rows(rows);
        }
        CatalogReader keys =
                CatalogReader.ask(connection, Meta.PRIMARY_KEYS, literal(schema), literal(table));
        while (keys.next()) {
            rows.add(
                    CATALOG,
                    keys.need("table_schema"),
                    keys.need("table_name"),
                    keys.need("column_name"),
                    keys.number("key_position"),
                    null);
        }
        return rows(rows);
    }

    /// The sort key, as an index that is not unique.
    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.INDEXES);
        if (isOtherCatalog(catalog) || unique) {
            return rows(rows);
        }
        CatalogReader keys =
                CatalogReader.ask(connection, Meta.SORT_KEYS, literal(schema), literal(table));
        while (keys.next()) {
            rows.add(
                    CATALOG,
                    keys.need("table_schema"),
                    keys.need("table_name"),
                    true,
                    null,
                    "sort_key",
                    tableIndexClustered,
                    keys.number("key_position"),
                    keys.need("column_name"),
                    "A",
                    null,
                    null,
                    null);
        }
        return rows(rows);
    }

    /// A name as a pattern that matches it alone.
    private static @Nullable String literal(@Nullable String name) {
        return name == null
                ? null
                : name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    @Override
    public ResultSet getImportedKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return none(RowShape.KEYS);
    }

    @Override
    public ResultSet getExportedKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return none(RowShape.KEYS);
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable) {
        return none(RowShape.KEYS);
    }

    // ---- functions ----

    @Override
    public ResultSet getFunctions(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String functionPattern)
            throws SQLException {
        LocalRows rows = RowShape.empty(RowShape.FUNCTIONS);
        if (isOtherCatalog(catalog)) {
            return rows(rows);
        }
        CatalogReader functions = CatalogReader.ask(connection, Meta.FUNCTIONS, functionPattern);
        while (functions.next()) {
            String name = functions.need("function_name");
            rows.add(CATALOG, null, name, null, functionResultUnknown, name);
        }
        return rows(rows);
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String functionPattern,
            @Nullable String columnPattern) {
        return none(RowShape.FUNCTION_COLUMNS);
    }

    @Override
    public ResultSet getProcedures(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String procedurePattern) {
        return none(RowShape.PROCEDURES);
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String procedurePattern,
            @Nullable String columnPattern) {
        return none(RowShape.PROCEDURE_COLUMNS);
    }

    // ---- what the database does not have ----

    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            int scope,
            boolean nullable) {
        return none(RowShape.ROW_IDENTIFIERS);
    }

    @Override
    public ResultSet getVersionColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return none(RowShape.ROW_IDENTIFIERS);
    }

    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern) {
        return none(RowShape.TABLE_PRIVILEGES);
    }

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String columnPattern) {
        return none(RowShape.COLUMN_PRIVILEGES);
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        return none(RowShape.PSEUDO_COLUMNS);
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            int @Nullable [] types) {
        return none(RowShape.USER_TYPES);
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typePattern) {
        return none(RowShape.SUPER_TYPES);
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern) {
        return none(RowShape.SUPER_TABLES);
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            @Nullable String attributePattern) {
        return none(RowShape.ATTRIBUTES);
    }

    @Override
    public ResultSet getClientInfoProperties() {
        return none(RowShape.CLIENT_PROPERTIES);
    }

    // ---- who and what ----

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.url().shown();
    }

    @Override
    public String getUserName() {
        return connection.url().property(ConnectProperty.USER);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getDatabaseProductVersion() {
        return connection.attribute(Attribute.PRODUCT_VERSION, "0.0");
    }

    @Override
    public int getDatabaseMajorVersion() {
        return BasaltDriver.versionPart(getDatabaseProductVersion(), 0);
    }

    @Override
    public int getDatabaseMinorVersion() {
        return BasaltDriver.versionPart(getDatabaseProductVersion(), 1);
    }

    @Override
    public String getDriverVersion() {
        return BasaltDriver.VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return BasaltDriver.versionPart(BasaltDriver.VERSION, 0);
    }

    @Override
    public int getDriverMinorVersion() {
        return BasaltDriver.versionPart(BasaltDriver.VERSION, 1);
    }

    /// Words that the standard of 2003 does not reserve.
    @Override
    public String getSQLKeywords() {
        return "ILIKE,LIMIT,QUALIFY,SHOW,TTL";
    }

    @Override
    public int getMaxStatementLength() {
        return 16 << 20;
    }

    @Override
    public int getMaxStatements() {
        return 0;
    }

    // ---- what depends on the server or the argument ----

    @Override
    public boolean supportsTransactions() {
        return connection.hasTransactions();
    }

    @Override
    public boolean supportsDataManipulationTransactionsOnly() {
        return false;
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) {
        return level == Connection.TRANSACTION_READ_UNCOMMITTED
                || level == Connection.TRANSACTION_READ_COMMITTED
                || level == Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    public boolean supportsResultSetType(int type) {
        return type == ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int concurrency) {
        return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public boolean supportsResultSetHoldability(int holdability) {
        return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }
}
