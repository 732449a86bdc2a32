package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.relation.RelationRegistry;
import io.basaltdb.query.relation.RowsRelation;
import io.basaltdb.query.relation.StoredTable;
import io.basaltdb.query.system.SystemContext;
import io.basaltdb.query.system.VirtualTable;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What names mean for one statement: tables at its snapshot, virtual tables as they are now, files, series. A file is opened once per statement.
final class SnapshotRelations implements RelationRegistry {
    /// The table function that stands for `FROM 'path'`.
    static final String FILE = "file";

    /// The table function that stands for the file of a COPY.
    static final String COPY_SOURCE = "copy_source";

    private static final String READ_PREFIX = "read_";

    private final SystemContext context;
    private final VirtualTables virtualTables;
    private final FileFormats formats;
    private final ZoneId zone;
    private final Map<RelationName, Relation> opened = new HashMap<>();
    private @Nullable EvaluationContext values;

    /// @param zone of the session
    SnapshotRelations(
            SystemContext context, VirtualTables virtualTables, FileFormats formats, ZoneId zone) {
        this.zone = zone;
        this.context = context;
        this.virtualTables = virtualTables;
        this.formats = formats;
    }

    /// Says what that name means in this statement.
    void define(RelationName.Function name, Relation relation) {
        opened.put(name, relation);
    }

    /// Gives what is fixed for the execution: points in the past may depend on it.
    void fix(EvaluationContext given) {
        values = given;
    }

    boolean knows(RelationName.Function name) {
        return opened.containsKey(name)
                || name.name().equalsIgnoreCase(FILE)
                || SeriesFunctions.knows(name.name())
                || name.name().toLowerCase(Locale.ROOT).startsWith(READ_PREFIX);
    }

    @Override
    public Relation resolve(RelationName name) {
        return switch (name) {
            case RelationName.Table table -> stored(table);
            case RelationName.Addressed(RelationName.Table table) ->
                    new AddressedTable(stored(table));
            case RelationName.Past(RelationName.Table table, Expression point) ->
                    new StoredTable(
                            context.snapshot()
                                    .table(table.tableId(), PastPoint.of(point, fixed())));
            case RelationName.Virtual virtual -> virtual(virtual);
            case RelationName.Function function ->
                    opened.computeIfAbsent(function, _ -> open(function));
        };
    }

    private EvaluationContext fixed() {
        EvaluationContext given = values;
        if (given == null) {
            throw new AssertionError("a table's past is read before the execution began");
        }
        return given;
    }

    private StoredTable stored(RelationName.Table name) {
        return new StoredTable(context.snapshot().table(name.tableId()));
    }

    private Relation virtual(RelationName.Virtual name) {
        VirtualTable table = virtualTables.find(name.schema(), name.name());
        if (table == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE,
                    "there is no table " + name.schema() + "." + name.name());
        }
        return new RowsRelation(
                table.schemaName() + "." + table.name(),
                table.schema(),
                table.rows().apply(context));
    }

    private Relation open(RelationName.Function function) {
        return SeriesFunctions.knows(function.name())
                ? SeriesFunctions.relation(function.name(), function.arguments(), zone)
                : file(function);
    }

    private Relation file(RelationName.Function function) {
        if (function.arguments().isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "table function " + function.name() + " needs the name of a file");
        }
        String path = function.arguments().getFirst();
        String lower = function.name().toLowerCase(Locale.ROOT);
        String format =
                lower.startsWith(READ_PREFIX) ? lower.substring(READ_PREFIX.length()) : null;
        Map<String, String> options =
                options(function.arguments().subList(1, function.arguments().size()));
        return formats.choose(format, path).read(formats.expand(path), options);
    }

    /// `name=value` arguments behind the path.
    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 0) {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "an option of a file is written 'name=value', but '"
                                + argument
                                + "' was found");
            }
            options.put(
                    argument.substring(0, at).strip().toLowerCase(Locale.ROOT),
                    argument.substring(at + 1).strip());
        }
        return options;
    }
}
