package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.optimizer.PlannerTable;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.catalog.ViewDefinition;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/// A [CatalogView] as the tree of schemas that Calcite looks names up in: every schema at the root and once more below the catalog's name.
final class CatalogSchemas {
    private final CatalogView catalog;
    private final RelDataTypeFactory types;
    private final ViewExpander views;
    private final Map<String, Expression> points;

    /// Makes the table that stands for a view.
    interface ViewExpander {
        Table table(ViewDefinition view);
    }

    /// How the stored tables of a schema are read, where not as they are.
    private interface Reading {
        TableView of(TableView table, RelationName.Table stored);
    }

    private CatalogSchemas(
            CatalogView catalog,
            RelDataTypeFactory types,
            ViewExpander views,
            Map<String, Expression> points) {
        this.catalog = catalog;
        this.types = types;
        this.views = views;
        this.points = points;
    }

    /// @param points schemas of the past, by name; may grow later
    static CalciteSchema of(
            CatalogView catalog,
            RelDataTypeFactory types,
            ViewExpander views,
            Map<String, Expression> points) {
        CatalogSchemas schemas = new CatalogSchemas(catalog, types, views, points);
        CalciteSchema root =
                CalciteSchema.createRootSchema(false, false, "", schemas.new Root(true, null));
        TypeNames.plain()
                .forEach((name, type) ->
                        root.add(name, factory -> RelTypes.toRel(factory, type, true)));
        return root;
    }

    /// The schemas by name, and where asked for the catalog that holds them again; or the schemas with stored tables alone, read in another way.
    private final class Root extends AbstractSchema {
        private final boolean withCatalog;
        private final @Nullable Reading reading;

        Root(boolean withCatalog, @Nullable Reading reading) {
            this.withCatalog = withCatalog;
            this.reading = reading;
        }

        @Override
        public Lookup<? extends Schema> subSchemas() {
            return new ByName<Schema>() {
                @Override
                @Nullable Named<Schema> find(String name) {
                    if (withCatalog && name.equalsIgnoreCase(Dialect.CATALOG)) {
                        return new Named<>(Dialect.CATALOG, new Root(false, null));
                    }
                    if (withCatalog && name.equals(Dialect.FILE_SCHEMA)) {
                        return new Named<>(name, new Files());
                    }
                    if (withCatalog && name.equals(Dialect.ADDRESSED_SCHEMA)) {
                        return new Named<>(
                                name,
                                new Root(
                                        false,
                                        (table, stored) ->
                                                table.withAddresses(
                                                        new RelationName.Addressed(stored))));
                    }
                    @Nullable Expression point = withCatalog ? points.get(name) : null;
                    if (point != null) {
                        return new Named<>(
                                name,
                                new Root(
                                        false,
                                        (table, stored) ->
                                                table.asOf(new RelationName.Past(stored, point))));
                    }
                    for (String schema : catalog.schemas()) {
                        if (schema.equalsIgnoreCase(name)) {
                            return new Named<>(schema, new OneSchema(schema, reading));
                        }
                    }
                    return null;
                }

                @Override
                Set<String> names() {
                    return new LinkedHashSet<>(catalog.schemas());
                }
            };
        }
    }

    /// The tables and views of one schema.
    private final class OneSchema extends AbstractSchema {
        private final String schema;
        private final @Nullable Reading reading;

        OneSchema(String schema, @Nullable Reading reading) {
            this.schema = schema;
            this.reading = reading;
        }

        @Override
        public Lookup<Table> tables() {
            return new ByName<Table>() {
                @Override
                @Nullable Named<Table> find(String name) {
                    @Nullable TableView table = catalog.table(schema, name);
                    if (reading != null) {
                        return table != null
                                        && table.relation() instanceof RelationName.Table stored
                                ? new Named<>(
                                        name, new PlannerTable(reading.of(table, stored), types))
                                : null;
                    }
                    if (table != null) {
                        return new Named<>(name, new PlannerTable(table, types));
                    }
                    @Nullable ViewDefinition view = catalog.view(schema, name);
                    return view == null ? null : new Named<>(view.name(), views.table(view));
                }

                @Override
                Set<String> names() {
                    return new LinkedHashSet<>(catalog.tableNames(schema));
                }
            };
        }
    }

    /// Whatever FROM names by a text: paths, and calls of table functions as the syntax rewrite folded them.
    private final class Files extends AbstractSchema {
        @Override
        public Lookup<Table> tables() {
            return new ByName<Table>() {
                @Override
                @Nullable Named<Table> find(String name) {
                    @Nullable List<String> call = TableCall.unfold(name);
                    @Nullable TableView table =
                            call == null
                                    ? catalog.file(name)
                                    : catalog.function(
                                            call.getFirst(), call.subList(1, call.size()));
                    return table == null ? null : new Named<>(name, new PlannerTable(table, types));
                }

                @Override
                Set<String> names() {
                    return Set.of();
                }

                // Case matters in paths.
                @Override
                String key(String name) {
                    return name;
                }
            };
        }
    }

    /// Looks up by a name whose case does not matter, and remembers what it found.
    private abstract static class ByName<T> implements Lookup<T> {
        private final Map<String, Named<T>> found = new HashMap<>();

        abstract @Nullable Named<T> find(String name);

        abstract Set<String> names();

        /// Under which [#found] remembers a name.
        String key(String name) {
            return name.toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable T get(String name) {
            @Nullable Named<T> named = getIgnoreCase(name);
            return named == null ? null : named.entity();
        }

        @Override
        public @Nullable Named<T> getIgnoreCase(String name) {
            String key = key(name);
            @Nullable Named<T> known = found.get(key);
            if (known == null) {
                known = find(name);
                if (known != null) {
                    found.put(key, known);
                }
            }
            return known;
        }

        @Override
        public Set<String> getNames(LikePattern pattern) {
            return names();
        }
    }
}
