package io.basaltdb.query.session;

import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.catalog.Comment;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// CREATE, DROP and TRUNCATE within a transaction.
final class DefinitionStatements {
    private final Transaction transaction;
    private final VirtualTables virtualTables;
    private final RowRules rules;
    private final JavaLibrary library;
    private final String sessionSchema;
    private final String timeZone;

    DefinitionStatements(Transaction transaction, EngineParts parts, Settings settings) {
        this.transaction = transaction;
        this.virtualTables = parts.virtualTables();
        this.rules = parts.rules();
        this.library = parts.library();
        this.sessionSchema = settings.schema();
        this.timeZone = settings.zone().getId();
    }

    /// Of the session, for expressions that a definition keeps.
    String timeZone() {
        return timeZone;
    }

    RowRules rules() {
        return rules;
    }

    void createSchema(Statement.CreateSchema create) {
        if (virtualTables.hasSchema(create.name())) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_SCHEMA,
                    "schema " + create.name() + " belongs to the system");
        }
        if (create.ifExists() == Statement.IfExists.REPLACE) {
            transaction.dropSchema(create.name(), true, false);
        }
        transaction.createSchema(create.name(), create.ifExists() == Statement.IfExists.SKIP);
    }

    void dropSchema(Statement.DropSchema drop) {
        checkWritable(drop.name());
        transaction.dropSchema(drop.name(), drop.ifExists(), drop.cascade());
    }

    /// The definition as created, or the one that stands already with IF NOT EXISTS.
    TableDefinition createTable(Statement.CreateTable create) {
        String schema = schemaOf(create.name());
        return create(
                Definitions.table(
                        schema, create.name().name(), create.columns(), create.layout(), timeZone),
                create.ifExists());
    }

    TableDefinition create(TableDefinition definition, Statement.IfExists ifExists) {
        rules.check(definition);
        if (ifExists == Statement.IfExists.REPLACE) {
            transaction.dropTable(definition.schema(), definition.name(), true);
        }
        return transaction.createTable(definition, ifExists == Statement.IfExists.SKIP);
    }

    /// Whether there is a table of that name.
    boolean stands(TableDefinition wanted) {
        return transaction.catalog().table(wanted.schema(), wanted.name()) != null;
    }

    void createTableLike(Statement.CreateTableLike create) {
        TableDefinition template = find(create.template());
        create(
                template.withId(0).withName(schemaOf(create.name()), create.name().name()),
                create.ifExists());
    }

    void createView(Statement.CreateView create, Schema columns) {
        if (!create.columns().isEmpty() && create.columns().size() != columns.size()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "view "
                            + create.name()
                            + " names "
                            + create.columns().size()
                            + " columns, but its query has "
                            + columns.size());
        }
        String sql = create.query().sql();
        if (!create.columns().isEmpty()) {
            StringBuilder named =
                    new StringBuilder("SELECT * FROM (").append(sql).append(") AS v (");
            for (int i = 0; i < create.columns().size(); i++) {
                named.append(i == 0 ? "" : ", ")
                        .append(DefinitionText.quoted(create.columns().get(i)));
            }
            sql = named.append(')').toString();
        }
        transaction.createView(
                new ViewDefinition(
                        0, schemaOf(create.name()), create.name().name(), sql, sessionSchema),
                create.ifExists() == Statement.IfExists.REPLACE,
                create.ifExists() == Statement.IfExists.SKIP);
    }

    void dropTable(Statement.DropTable drop) {
        for (Statement.ObjectName name : drop.names()) {
            String schema = schemaOf(name);
            refuseView(schema, name);
            transaction.dropTable(schema, name.name(), drop.ifExists());
        }
    }

    private void refuseView(String schema, Statement.ObjectName name) {
        if (transaction.catalog().view(schema, name.name()) != null) {
            throw new BasaltException(
                    ErrorCode.WRONG_OBJECT_TYPE, name + " is a view, not a table; use DROP VIEW");
        }
    }

    void dropView(Statement.DropView drop) {
        for (Statement.ObjectName name : drop.names()) {
            String schema = schemaOf(name);
            if (transaction.catalog().table(schema, name.name()) != null) {
                throw new BasaltException(
                        ErrorCode.WRONG_OBJECT_TYPE,
                        name + " is a table, not a view; use DROP TABLE");
            }
            transaction.dropView(schema, name.name(), drop.ifExists());
        }
    }

    void createMacro(Statement.CreateMacro create) {
        List<MacroDefinition.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < create.parameters().size(); i++) {
            parameters.add(
                    new MacroDefinition.Parameter(
                            create.parameters().get(i), create.defaults().get(i)));
        }
        transaction.createMacro(
                new MacroDefinition(
                        schemaOf(create.name()),
                        create.name().name(),
                        parameters,
                        create.isTable()
                                ? MacroDefinition.Kind.QUERY
                                : MacroDefinition.Kind.EXPRESSION,
                        create.sql(),
                        sessionSchema),
                create.ifExists() == Statement.IfExists.REPLACE,
                create.ifExists() == Statement.IfExists.SKIP);
    }

    /// Code that cannot be found, or does not fit what the statement says of it, is refused here and not when it is called.
    void createJavaRoutine(Statement.CreateJavaRoutine create) {
        String schema = schemaOf(create.name());
        transaction.createMacro(
                new MacroDefinition(
                        schema,
                        create.name().name(),
                        List.of(),
                        MacroDefinition.Kind.JAVA,
                        library.checked(create.routine()).sql(),
                        sessionSchema),
                create.ifExists() == Statement.IfExists.REPLACE,
                create.ifExists() == Statement.IfExists.SKIP);
    }

    void dropMacro(Statement.DropMacro drop) {
        for (Statement.ObjectName name : drop.names()) {
            transaction.dropMacro(schemaOf(name), name.name(), drop.ifExists());
        }
    }

    void createType(Statement.CreateType create) {
        transaction.createType(
                create.type(),
                create.ifExists() == Statement.IfExists.REPLACE,
                create.ifExists() == Statement.IfExists.SKIP);
    }

    void dropType(Statement.DropType drop) {
        drop.names().forEach(name -> transaction.dropType(name, drop.ifExists()));
    }

    void alterType(Statement.AlterType alter) {
        transaction.addLabel(alter.name(), alter.label(), alter.ifNotExists());
    }

    void comment(Statement.CommentOn comment) {
        String schema = schemaOf(comment.object());
        ViewDefinition view = transaction.catalog().view(schema, comment.object().name());
        String column = comment.column();
        if (view != null && column == null) {
            transaction.comment(new Comment(view.id(), 0, comment.text()));
            return;
        }
        TableDefinition table = find(comment.object());
        int columnId = 0;
        if (column != null) {
            columnId =
                    table.columns().stream()
                            .filter(each -> each.name().equalsIgnoreCase(column))
                            .findFirst()
                            .orElseThrow(() ->
                                    new BasaltException(
                                            ErrorCode.UNDEFINED_COLUMN,
                                            "table "
                                                    + table.qualifiedName()
                                                    + " has no column "
                                                    + column))
                            .id();
        }
        transaction.comment(new Comment(table.id(), columnId, comment.text()));
    }

    void truncate(Statement.Truncate truncate) {
        transaction.truncate(find(truncate.table()).id());
    }

    /// Whether there is a stored table of that name.
    boolean knows(Statement.ObjectName name) {
        return transaction.catalog().table(name.schemaOr(sessionSchema), name.name()) != null;
    }

    /// The stored table of that name.
    ///
    /// @throws BasaltException UNDEFINED_TABLE, or WRONG_OBJECT_TYPE for a view or a table of the system
    TableDefinition find(Statement.ObjectName name) {
        String schema = schemaOf(name);
        TableDefinition table = transaction.catalog().table(schema, name.name());
        if (table != null) {
            return table;
        }
        if (transaction.catalog().view(schema, name.name()) != null) {
            throw new BasaltException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    name + " is a view; only tables hold rows of their own");
        }
        throw new BasaltException(
                ErrorCode.UNDEFINED_TABLE,
                "there is no table " + name.name() + " in schema " + schema);
    }

    /// The schema in which the name is meant, which must not belong to the system.
    String schemaOf(Statement.ObjectName name) {
        String schema = name.schemaOr(sessionSchema);
        checkWritable(schema);
        if (!transaction.catalog().hasSchema(schema)) {
            throw new BasaltException(
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "there is no schema "
                            + schema
                            + "; there are "
                            + String.join(", ", transaction.catalog().schemas()));
        }
        return schema;
    }

    private void checkWritable(String schema) {
        if (virtualTables.hasSchema(schema)) {
            throw new BasaltException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "schema " + schema + " belongs to the system and cannot be changed");
        }
    }
}
