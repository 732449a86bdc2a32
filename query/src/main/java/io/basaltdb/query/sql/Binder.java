package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.optimizer.OwnRexBuilder;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/// Syntax → bound tree: names found, types derived, views inlined. One binder serves one planning.
final class Binder {
    /// Views that use views that use views.
    private static final int MAX_VIEW_DEPTH = 64;

    private static final SqlToRelConverter.Config TO_REL =
            SqlToRelConverter.config()
                    .withExpand(false)
                    .withTrimUnusedFields(false)
                    .withDecorrelationEnabled(false)
                    .withInSubQueryThreshold(0)
                    .withRemoveSortInSubQuery(true)
                    .withRelBuilderConfigTransform(builder ->
                            builder.withSimplify(false)
                                    .withBloat(-1)
                                    .withSimplifyValues(false)
                                    .withSimplifyLimit(false)
                                    .withPruneInputOfAggregate(false)
                                    .withAggregateUnique(true));

    /// A bound query.
    ///
    /// @param root what it computes; `root.project()` gives exactly its columns
    /// @param columns with unique names
    /// @param labels the columns with the names that a client sees
    record Bound(RelRoot root, Schema columns, Schema labels, List<Type> parameters) {
        RelNode rel() {
            return root.project();
        }
    }

    private final RelDataTypeFactory types = RelTypes.newFactory();
    private final CatalogView catalog;
    private final Map<Integer, Type> parameterTypes;
    private final Map<String, Expression> points = new HashMap<>();
    private final CalciteSchema schemas;
    private final RelOptCluster cluster;
    private int viewDepth;

    Binder(CatalogView catalog) {
        this(catalog, Map.of());
    }

    /// @param parameterTypes as of [PlanSettings]
    Binder(CatalogView catalog, Map<Integer, Type> parameterTypes) {
        this.catalog = catalog;
        this.parameterTypes = parameterTypes;
        this.schemas = CatalogSchemas.of(catalog, types, InlinedView::new, points);
        this.cluster =
                RelOptCluster.create(
                        new HepPlanner(HepProgram.builder().build()), new OwnRexBuilder(types));
        cluster.setMetadataQuerySupplier(BindingMetadata::new);
    }

    /// @throws BasaltException where a name, type or function of the query is wrong
    Bound bind(QuerySyntax query, String defaultSchema) {
        try {
            return bindChecked(query, defaultSchema);
        } catch (CalciteContextException e) {
            throw SqlErrors.of(e, query.text(), ErrorCode.DATATYPE_MISMATCH);
        } catch (IllegalStateException e) {
            throw subQueryColumns(e);
        } catch (AssertionError e) {
            throw recursiveTypes(e);
        } catch (UnsupportedOperationException e) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    SqlErrors.clean(String.valueOf(e.getMessage())),
                    e);
        }
    }

    /// A recursive query reads the columns of its first part; that the other part makes them wider is noticed only behind the conversion.
    private static Error recursiveTypes(AssertionError cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("failed to preserve datatypes") && message.contains("RepeatUnion")) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "The second part of a recursive query gives wider types than the first; cast the columns of"
                            + " the first part: SELECT CAST(1 AS DOUBLE) … UNION ALL …",
                    cause);
        }
        return cause;
    }

    /// The one check of the validator that speaks of no place: a condition that is a sub-query of several columns.
    private static RuntimeException subQueryColumns(IllegalStateException cause) {
        return String.valueOf(cause.getMessage()).startsWith("sub-query as condition")
                ? new BasaltException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "A condition that is a sub-query must give one BOOLEAN column, this one gives several",
                        cause)
                : cause;
    }

    private Bound bindChecked(QuerySyntax query, String defaultSchema) {
        MacroCalls macros = new MacroCalls(catalog, defaultSchema);
        SqlNode tree = LambdaCalls.bound(TreeCopy.of(macros.expanded(query.tree())));
        CalciteCatalogReader catalogReader =
                new Names(schemas, defaultSchema, macros.schemas(), types);
        SqlValidator validator =
                new QueryValidator(catalogReader, types, parameterTypes, catalog::type);
        if (UnionByName.isIn(query.sql())) {
            tree = UnionByName.replaced(tree, part -> columns(part, catalogReader));
        }
        PastTables past =
                new PastTables(
                        catalog,
                        defaultSchema,
                        points,
                        point ->
                                bindChecked(
                                        new QuerySyntax(query.sql(), point, query.text()),
                                        defaultSchema));
        tree = past.replaced(tree);
        SqlNode valid = validator.validate(tree);
        SqlToRelConverter converter =
                new Conversion(validator, catalogReader, cluster, Binder::convertlet, TO_REL);
        RelRoot root = converter.convertQuery(valid, false, true);
        Schema columns = withValuesNamed(RelTypes.toSchema(root.validatedRowType));
        return new Bound(
                root,
                columns,
                Labels.of(valid, columns),
                listed(past.withOwnParameters(parameters(validator, valid))));
    }

    private List<String> columns(SqlNode query, CalciteCatalogReader catalogReader) {
        SqlValidator validator =
                new QueryValidator(catalogReader, types, parameterTypes, catalog::type);
        return validator.getValidatedNodeType(validator.validate(query)).getFieldNames();
    }

    /// How any call becomes a row expression.
    private static @Nullable SqlRexConvertlet convertlet(SqlCall call) {
        if (call.getOperator() instanceof LambdaOperator) {
            return LambdaOperator::converted;
        }
        boolean isCast = call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST;
        return isCast && call.operandCount() == 2
                ? CastOperator::converted
                : StandardConvertletTable.INSTANCE.get(call);
    }

    /// The columns of VALUES have no name in the tree.
    private static Schema withValuesNamed(Schema columns) {
        List<Field> fields = new ArrayList<>(columns.fields());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.name().equals("EXPR$" + i)) {
                fields.set(
                        i, new Field(SelectNames.ofValue(i + 1), field.type(), field.nullable()));
            }
        }
        return new Schema(fields);
    }

    /// By their numbers: one that stands in several places is one value.
    private static Map<Integer, Type> parameters(SqlValidator validator, SqlNode tree) {
        Map<Integer, Type> found = new HashMap<>();
        tree.accept(
                new SqlBasicVisitor<@Nullable Void>() {
                    @Override
                    public @Nullable Void visit(SqlDynamicParam parameter) {
                        RelDataType type = validator.getValidatedNodeType(parameter);
                        found.putIfAbsent(parameter.getIndex(), RelTypes.toType(type));
                        return null;
                    }
                });
        return found;
    }

    /// A number that stands nowhere takes any text.
    private static List<Type> listed(SortedMap<Integer, Type> parameters) {
        List<Type> listed = new ArrayList<>();
        int count = parameters.isEmpty() ? 0 : parameters.lastKey() + 1;
        for (int i = 0; i < count; i++) {
            listed.add(parameters.getOrDefault(i, Type.TEXT));
        }
        return listed;
    }

    /// Looks names up in the session's schema first, then from the root; ignores case.
    private static final class Names extends CalciteCatalogReader {
        Names(
                CalciteSchema root,
                String defaultSchema,
                Collection<String> others,
                RelDataTypeFactory types) {
            super(
                    root,
                    SqlNameMatchers.withCaseSensitive(false),
                    paths(defaultSchema, others),
                    types,
                    new CalciteConnectionConfigImpl(caseInsensitive()));
        }

        private static List<List<String>> paths(String defaultSchema, Collection<String> others) {
            List<List<String>> paths = new ArrayList<>();
            paths.add(List.of(defaultSchema));
            for (String other : others) {
                if (!other.equalsIgnoreCase(defaultSchema)) {
                    paths.add(List.of(other));
                }
            }
            paths.add(List.of());
            return paths;
        }

        private static Properties caseInsensitive() {
            Properties properties = new Properties();
            properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
            return properties;
        }
    }

    /// A view: its query takes its place.
    private final class InlinedView extends AbstractTable implements TranslatableTable {
        private final Bound bound;

        InlinedView(ViewDefinition view) {
            if (++viewDepth > MAX_VIEW_DEPTH) {
                throw new BasaltException(
                        ErrorCode.STATEMENT_TOO_COMPLEX,
                        "View "
                                + view.name()
                                + " uses views nested deeper than "
                                + MAX_VIEW_DEPTH
                                + ", or uses itself; define it anew");
            }
            bound = bind(QueryParser.generated(view.sql()), view.defaultSchema());
            viewDepth--;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return bound.root.validatedRowType;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            return bound.rel();
        }
    }
}
