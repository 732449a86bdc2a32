package io.basaltdb.query.sql;

import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Puts the expression or query of a macro in the place of its calls. What stands in a macro takes the place of the call in messages.
final class MacroCalls extends SqlShuttle {
    /// Macros that call macros that call macros.
    private static final int MAX_DEPTH = 32;

    private final CatalogView catalog;
    private final String defaultSchema;
    private final Set<String> schemas = new LinkedHashSet<>();
    private int depth;

    MacroCalls(CatalogView catalog, String defaultSchema) {
        this.catalog = catalog;
        this.defaultSchema = defaultSchema;
    }

    SqlNode expanded(SqlNode tree) {
        @Nullable SqlNode expanded = tree.accept(this);
        assert expanded != null;
        return expanded;
    }

    /// The schemas in which macros that were called had been created: their tables are looked for there too.
    Set<String> schemas() {
        return schemas;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlCall inner = call;
        if (call.getKind() == SqlKind.AS) {
            List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.set(0, call.operand(0).accept(this));
            inner = call.getOperator().createCall(call.getParserPosition(), operands);
        } else if (call.getKind() == SqlKind.COLLECTION_TABLE
                && call.operand(0) instanceof SqlBasicCall function
                && function.getOperator() instanceof SqlUnresolvedFunction) {
            @Nullable MacroDefinition macro = macro(name(function));
            if (macro != null) {
                return substituted(
                        macro, true, function.getOperandList(), function.getParserPosition());
            }
        }
        @Nullable SqlNode visited = call.getKind() == SqlKind.AS ? inner : super.visit(inner);
        if (visited instanceof SqlBasicCall basic
                && basic.getOperator() instanceof SqlUnresolvedFunction) {
            @Nullable MacroDefinition macro = macro(name(basic));
            if (macro != null && macro.kind() == MacroDefinition.Kind.JAVA) {
                return JavaCalls.of(catalog.code(JavaRoutineParser.of(macro)), basic);
            }
            if (macro != null) {
                return substituted(macro, false, basic.getOperandList(), basic.getParserPosition());
            }
            if (basic.getOperandList().stream().anyMatch(MacroCalls::isNamed)) {
                throw SyntaxRewrite.unsupported(
                        basic.getParserPosition(),
                        basic.getOperator().getName()
                                + " takes its arguments by place, not by name");
            }
        }
        return visited;
    }

    /// A table function whose arguments are literals has become a name.
    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        if (identifier instanceof TableCall.Folded call) {
            @Nullable MacroDefinition macro = macro(call.function());
            if (macro != null) {
                return substituted(macro, true, call.arguments(), identifier.getParserPosition());
            }
        }
        return identifier;
    }

    private static boolean isNamed(@Nullable SqlNode argument) {
        return argument != null && argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
    }

    private static List<String> name(SqlBasicCall call) {
        @Nullable SqlIdentifier name =
                ((SqlUnresolvedFunction) call.getOperator()).getSqlIdentifier();
        return name == null ? List.of(call.getOperator().getName()) : name.names;
    }

    private @Nullable MacroDefinition macro(List<String> names) {
        return switch (names.size()) {
            case 1 -> catalog.macro(defaultSchema, names.getFirst());
            case 2 -> catalog.macro(names.get(0), names.get(1));
            default -> null;
        };
    }

    private SqlNode substituted(
            MacroDefinition macro,
            boolean asTable,
            List<SqlNode> arguments,
            SqlParserPos position) {
        if (macro.isTable() != asTable) {
            throw SyntaxRewrite.unsupported(
                    position,
                    macro.isTable()
                            ? macro.name() + " is a query: SELECT … FROM " + macro.name() + "(…)"
                            : macro.name() + " is an expression: SELECT " + macro.name() + "(…)");
        }
        if (++depth > MAX_DEPTH) {
            throw new BasaltException(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "Macro "
                            + macro.name()
                            + " uses macros nested deeper than "
                            + MAX_DEPTH
                            + ", or uses itself; define it anew");
        }
        schemas.add(macro.defaultSchema());
        Map<String, SqlNode> values = values(macro, arguments, position);
        QueryParser parser = new QueryParser(macro.sql());
        SqlNode body =
                macro.isTable()
                        ? parser.query(0, macro.sql().length()).tree()
                        : parser.expression(0, macro.sql().length());
        // Names of lambdas in the macro are its own: they are neither its parameters nor columns of
        // the arguments.
        @Nullable SqlNode put = LambdaCalls.bound(body).accept(new Substitution(values, position));
        assert put != null;
        SqlNode expanded = expanded(put);
        depth--;
        return expanded;
    }

    private static Map<String, SqlNode> values(
            MacroDefinition macro, List<SqlNode> arguments, SqlParserPos position) {
        Map<String, SqlNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<MacroDefinition.Parameter> parameters = macro.parameters();
        int next = 0;
        for (SqlNode argument : arguments) {
            if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                String name = ((SqlIdentifier) ((SqlCall) argument).operand(1)).getSimple();
                if (parameters.stream().noneMatch(each -> each.name().equalsIgnoreCase(name))) {
                    throw wrongCall(macro, "has no parameter " + name, position);
                }
                if (values.put(name, ((SqlCall) argument).operand(0)) != null) {
                    throw wrongCall(macro, "was given " + name + " twice", position);
                }
            } else if (next < parameters.size()) {
                values.put(parameters.get(next++).name(), argument);
            } else {
                throw wrongCall(macro, "was given " + arguments.size() + " arguments", position);
            }
        }
        for (MacroDefinition.Parameter parameter : parameters) {
            if (!values.containsKey(parameter.name())) {
                String otherwise = parameter.defaultSql();
                if (otherwise == null) {
                    throw wrongCall(macro, "was not given " + parameter.name(), position);
                }
                values.put(
                        parameter.name(),
                        new QueryParser(otherwise).expression(0, otherwise.length()));
            }
        }
        return values;
    }

    private static RuntimeException wrongCall(
            MacroDefinition macro, String found, SqlParserPos position) {
        String name = macro.name().toLowerCase(Locale.ROOT);
        StringJoiner call = new StringJoiner(", ", name + "(", ")");
        for (MacroDefinition.Parameter parameter : macro.parameters()) {
            String otherwise = parameter.defaultSql();
            call.add(parameter.name() + (otherwise == null ? "" : " := " + otherwise));
        }
        return SyntaxRewrite.refused(
                position,
                ErrorCode.UNDEFINED_FUNCTION,
                "Macro " + name + " " + found + "; it is called as " + call);
    }

    /// Copies a body: parameters become arguments, and everything stands where the call does.
    private static final class Substitution extends SqlShuttle {
        private final Map<String, SqlNode> values;
        private final SqlParserPos position;

        Substitution(Map<String, SqlNode> values, SqlParserPos position) {
            this.values = values;
            this.position = position;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.getKind() == SqlKind.AS) {
                // What stands behind AS are names and nothing else.
                List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
                operands.set(0, call.operand(0).accept(this));
                return call.getOperator().createCall(position, operands);
            }
            CallCopyingArgHandler copier = new CallCopyingArgHandler(call, true);
            call.getOperator().acceptCall(this, call, false, copier);
            return copier.result().clone(position);
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            @Nullable SqlNode value =
                    identifier.isSimple() ? values.get(identifier.getSimple()) : null;
            if (value != null) {
                return value instanceof SqlDynamicParam ? value : TreeCopy.of(value);
            }
            return identifier instanceof TableCall.Folded ? identifier : identifier.clone(position);
        }

        @Override
        public @Nullable SqlNode visit(SqlLiteral literal) {
            return literal.clone(position);
        }
    }
}
