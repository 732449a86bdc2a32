package io.basaltdb.query.session;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.sql.SqlLexer;
import io.basaltdb.query.sql.SqlToken;
import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.SqlWords;
import io.basaltdb.query.system.VirtualTable;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How a text could go on at a place: names of the catalog, functions, keywords, as what stands before allows.
///
/// It looks at tokens only: half a statement has no grammar. Tables are offered behind FROM, JOIN, INTO and the like; columns of the
/// tables that the statement names, wherever it names them; behind `x.` what `x` holds.
final class Completions {
    /// One way to go on.
    ///
    /// @param text what replaces the word that was begun
    /// @param kind `keyword`, `schema`, `table`, `view`, `column`, `function` or `setting`
    /// @param start where that word begins, in characters from 0
    record Completion(String text, String kind, int start) {}

    private static final int MOST = 300;
    private static final Set<String> BEFORE_TABLES =
            Set.of("FROM", "JOIN", "INTO", "TABLE", "DESCRIBE", "DESC", "TRUNCATE", "VIEW", "COPY");
    private static final Set<String> CLAUSES =
            Set.of(
                    "SELECT", "FROM", "WHERE", "BY", "HAVING", "VALUES", "SET", "ON", "USING",
                    "INTO");
    private static final Set<String> BEFORE_SETTINGS = Set.of("SET", "RESET", "SHOW");
    private static final List<String> AGGREGATES =
            List.of("avg", "count", "max", "min", "stddev", "sum", "variance");

    private final CatalogSnapshot catalog;
    private final VirtualTables virtualTables;
    private final Settings settings;
    private final List<SqlToken> tokens;
    private final int word;
    private final int start;
    private final String typed;
    private final String prefix;
    private final boolean quoted;
    private final Map<String, Completion> found = new LinkedHashMap<>();

    private Completions(
            CatalogSnapshot catalog,
            VirtualTables virtualTables,
            Settings settings,
            String text,
            int cursor) {
        this.catalog = catalog;
        this.virtualTables = virtualTables;
        this.settings = settings;
        String before = text.substring(0, cursor);
        List<SqlToken> head = SqlLexer.tokensOfUnfinished(before);
        SqlToken end = head.getLast();
        SqlToken last = head.size() < 2 ? end : head.get(head.size() - 2);
        this.quoted = end.start() < cursor && before.charAt(end.start()) == '"';
        boolean isBegun = last.kind() == Kind.WORD && last.end() == cursor;
        this.start = quoted ? end.start() : isBegun ? last.start() : cursor;
        this.typed = before.substring(quoted ? start + 1 : start);
        this.prefix = typed.toLowerCase(Locale.ROOT);
        this.tokens = beforeWord(text.substring(0, start));
        this.word = tokens.size();
        tokens.addAll(behindWord(text.substring(cursor)));
    }

    /// The ways to go on at the cursor, the likeliest first; none inside of texts and comments.
    static List<Completion> of(
            CatalogSnapshot catalog,
            VirtualTables virtualTables,
            Settings settings,
            String text,
            int cursor) {
        int place = Math.clamp(cursor, 0, text.length());
        SqlToken end = SqlLexer.tokensOfUnfinished(text.substring(0, place)).getLast();
        if (end.start() < place && text.charAt(end.start()) != '"') {
            return List.of();
        }
        return new Completions(catalog, virtualTables, settings, text, place).run();
    }

    /// The tokens of the statement that the word is in, up to the word.
    private static List<SqlToken> beforeWord(String text) {
        List<SqlToken> all = SqlLexer.tokensOfUnfinished(text);
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).isSymbol(";") ? i + 1 : from;
        }
        return new ArrayList<>(all.subList(from, all.size() - 1));
    }

    /// The tokens of the same statement that follow, ending with one END.
    private static List<SqlToken> behindWord(String text) {
        List<SqlToken> all = SqlLexer.tokensOfUnfinished(text);
        int to = 0;
        while (to < all.size() - 1 && !all.get(to).isSymbol(";")) {
            to++;
        }
        List<SqlToken> tokens = new ArrayList<>(all.subList(0, to));
        tokens.add(all.getLast());
        return tokens;
    }

    private List<Completion> run() {
        if (before(1).isSymbol(".")) {
            qualified();
        } else if (word == 0) {
            addWords(SqlWords.statements());
        } else if (BEFORE_SETTINGS.contains(wordBefore()) && word == 1) {
            addSettings();
        } else if (isTablePlace()) {
            addTables(settings.schema());
            addSchemas();
        } else {
            addColumns();
            if (!prefix.isEmpty()) {
                addWords(SqlWords.all());
                addFunctions();
            }
        }
        return found.values().stream().limit(MOST).toList();
    }

    private SqlToken before(int distance) {
        int at = word - distance;
        return at < 0 ? tokens.getLast() : tokens.get(at);
    }

    private String wordBefore() {
        SqlToken token = before(1);
        return token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
    }

    private boolean isTablePlace() {
        String last = wordBefore();
        if (last.equals("EXISTS")) {
            return BEFORE_TABLES.contains(
                    before(before(2).isWord("NOT") ? 4 : 3).text().toUpperCase(Locale.ROOT));
        }
        return BEFORE_TABLES.contains(last) || (before(1).isSymbol(",") && clause().equals("FROM"));
    }

    /// The clause that the word stands in, at its own depth of parentheses.
    private String clause() {
        int depth = 0;
        for (int i = word - 1; i >= 0 && depth >= 0; i--) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol(")")) {
                depth++;
            } else if (token.isSymbol("(")) {
                depth--;
            } else if (depth == 0 && token.kind() == Kind.WORD) {
                String name = token.text().toUpperCase(Locale.ROOT);
                if (CLAUSES.contains(name)) {
                    return name;
                }
            }
        }
        return "";
    }

    /// Behind `x.`: the tables of a schema, the columns of a table.
    private void qualified() {
        String owner = before(2).text();
        if (before(3).isSymbol(".")) {
            addColumnsOf(new TableName(before(4).text(), owner));
            return;
        }
        for (NamedTable table : namedTables()) {
            if (table.alias().equalsIgnoreCase(owner)) {
                addColumnsOf(table.name());
            }
        }
        if (catalog.hasSchema(owner) || virtualTables.hasSchema(owner)) {
            addTables(owner);
        }
    }

    // ---- what the statement names ----

    private record TableName(String schema, String name) {}

    private record NamedTable(String alias, TableName name) {}

    private List<NamedTable> namedTables() {
        List<NamedTable> tables = new ArrayList<>();
        boolean inFrom = false;
        for (int i = 0; i < tokens.size() - 1; i++) {
            SqlToken token = tokens.get(i);
            String name = token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
            if (CLAUSES.contains(name)) {
                inFrom = name.equals("FROM");
            }
            boolean opens =
                    name.equals("FROM")
                            || name.equals("JOIN")
                            || name.equals("INTO")
                            || (inFrom && token.isSymbol(","));
            if (opens && tokens.get(i + 1).isName()) {
                tables.add(namedTable(i + 1));
            }
        }
        return tables;
    }

    private NamedTable namedTable(int first) {
        int at = first + 1;
        TableName name = new TableName(settings.schema(), tokens.get(first).text());
        if (tokens.get(at).isSymbol(".") && tokens.get(at + 1).isName()) {
            name = new TableName(tokens.get(first).text(), tokens.get(at + 1).text());
            at += 2;
        }
        if (tokens.get(at).isWord("AS")) {
            at++;
        }
        SqlToken next = tokens.get(at);
        boolean hasAlias =
                next.isName() && !(next.kind() == Kind.WORD && SqlWords.has(next.text()));
        return new NamedTable(hasAlias ? next.text() : name.name(), name);
    }

    // ---- offers ----

    private void offer(String name, String kind) {
        if (name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            boolean isPlain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && !SqlWords.has(name);
            String text = isPlain && !quoted ? name : DefinitionText.quoted(name);
            found.putIfAbsent(kind + ' ' + text, new Completion(text, kind, start));
        }
    }

    private void addTables(String schema) {
        catalog.tables(schema).forEach(table -> offer(table.name(), "table"));
        catalog.views(schema).forEach(view -> offer(view.name(), "view"));
        for (VirtualTable table : virtualTables.tables()) {
            if (table.schemaName().equalsIgnoreCase(schema)) {
                offer(table.name(), "table");
            }
        }
    }

    private void addSchemas() {
        catalog.schemas().forEach(schema -> offer(schema, "schema"));
        virtualTables.schemas().forEach(schema -> offer(schema, "schema"));
    }

    private void addColumns() {
        List<NamedTable> named = namedTables();
        named.forEach(table -> addColumnsOf(table.name()));
        if (named.size() > 1) {
            named.forEach(table -> offer(table.alias(), "table"));
        }
    }

    private void addColumnsOf(TableName name) {
        TableDefinition table = catalog.table(name.schema(), name.name());
        if (table != null) {
            for (ColumnDefinition column : table.columns()) {
                offer(column.name(), "column");
            }
            return;
        }
        VirtualTable virtual = virtualTables.find(name.schema(), name.name());
        if (virtual != null) {
            virtual.schema().fields().forEach(field -> offer(field.name(), "column"));
        }
    }

    private void addFunctions() {
        List<String> names = new ArrayList<>(AGGREGATES);
        FunctionCatalog.entries().forEach(entry -> names.add(entry.function().name()));
        for (String name : names) {
            if (!quoted && name.startsWith(prefix) && name.matches("[a-z][a-z0-9_]*")) {
                found.putIfAbsent(
                        "function " + name, new Completion(name + "(", "function", start));
            }
        }
    }

    private void addSettings() {
        settings.entries().forEach(setting -> offer(setting.name(), "setting"));
        if (wordBefore().equals("SHOW")) {
            addWords(List.of("TABLES", "SCHEMAS", "VIEWS", "FUNCTIONS", "CREATE TABLE"));
        }
    }

    /// Keywords in the case in which the word was begun.
    private void addWords(Iterable<String> words) {
        boolean isLower = !typed.isEmpty() && Character.isLowerCase(typed.charAt(0));
        for (String name : words) {
            String text = isLower ? name.toLowerCase(Locale.ROOT) : name;
            if (!quoted && name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.putIfAbsent("keyword " + text, new Completion(text, "keyword", start));
            }
        }
    }
}
