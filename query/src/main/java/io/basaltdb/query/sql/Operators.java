package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Expression.Slot;
import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.GapFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.optimizer.AggregateOperator;
import io.basaltdb.query.optimizer.FunctionOperator;
import io.basaltdb.query.optimizer.InfixOperator;
import io.basaltdb.query.optimizer.Quotient;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.query.optimizer.SlotOperator;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/// Everything that an expression can call: an allow-list of the grammar's own operators, the functions of the catalogue, the slots of the
/// session, the aggregates. What is not here does not exist, so nothing without a kernel can be planned.
final class Operators {
    /// Functions that are written between their operands and must not be found under their other names as well.
    private static final Set<String> SYMBOLS =
            Set.of(
                    "+", "-", "*", "/", "%", "||", "//", "&", "|", "#", "~", "<<", ">>", "**", "^",
                    "^@", "~~", "~~*", "->", "->>");

    /// Functions of two values whose names are those of aggregates as well; they are found under another name ([SyntaxRewrite]).
    private static final Set<String> ALSO_AGGREGATES = Set.of("bit_and", "bit_or", "bit_xor");

    static final SqlOperatorTable TABLE = new OperatorLookup(all());

    private static final Set<String> AGGREGATES =
            aggregates().stream()
                    .map(operator -> operator.getName().toUpperCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());

    private Operators() {}

    /// Whether an aggregate bears this name, in any case.
    static boolean isAggregate(String name) {
        return AGGREGATES.contains(name.toUpperCase(Locale.ROOT));
    }

    private static List<SqlOperator> all() {
        List<SqlOperator> operators = new ArrayList<>();
        operators.addAll(functions());
        operators.addAll(ofTheGrammar());
        operators.addAll(infix());
        operators.addAll(slots());
        operators.addAll(aggregates());
        return operators;
    }

    private static List<SqlOperator> ofTheGrammar() {
        return List.of(
                SqlStdOperatorTable.AND,
                SqlStdOperatorTable.OR,
                SqlStdOperatorTable.NOT,
                SqlStdOperatorTable.EQUALS,
                SqlStdOperatorTable.NOT_EQUALS,
                SqlStdOperatorTable.LESS_THAN,
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                SqlStdOperatorTable.GREATER_THAN,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                SqlStdOperatorTable.IS_DISTINCT_FROM,
                SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                SqlStdOperatorTable.IS_NULL,
                SqlStdOperatorTable.IS_NOT_NULL,
                SqlStdOperatorTable.IS_TRUE,
                SqlStdOperatorTable.IS_NOT_TRUE,
                SqlStdOperatorTable.IS_FALSE,
                SqlStdOperatorTable.IS_NOT_FALSE,
                SqlStdOperatorTable.IS_UNKNOWN,
                SqlStdOperatorTable.IS_NOT_UNKNOWN,
                SqlStdOperatorTable.BETWEEN,
                SqlStdOperatorTable.NOT_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
                SqlStdOperatorTable.IN,
                SqlStdOperatorTable.NOT_IN,
                SqlStdOperatorTable.SOME_EQ,
                SqlStdOperatorTable.SOME_NE,
                SqlStdOperatorTable.SOME_LT,
                SqlStdOperatorTable.SOME_LE,
                SqlStdOperatorTable.SOME_GT,
                SqlStdOperatorTable.SOME_GE,
                SqlStdOperatorTable.ALL_EQ,
                SqlStdOperatorTable.ALL_NE,
                SqlStdOperatorTable.ALL_LT,
                SqlStdOperatorTable.ALL_LE,
                SqlStdOperatorTable.ALL_GT,
                SqlStdOperatorTable.ALL_GE,
                SqlStdOperatorTable.EXISTS,
                SqlStdOperatorTable.UNIQUE,
                SqlStdOperatorTable.CASE,
                SqlStdOperatorTable.CAST,
                SqlLibraryOperators.TRY_CAST,
                SqlLibraryOperators.SAFE_CAST,
                SqlStdOperatorTable.COALESCE,
                SqlStdOperatorTable.LIKE,
                SqlStdOperatorTable.NOT_LIKE,
                SqlLibraryOperators.ILIKE,
                SqlLibraryOperators.NOT_ILIKE,
                SqlStdOperatorTable.EXTRACT,
                SqlStdOperatorTable.FLOOR,
                SqlStdOperatorTable.CEIL,
                SqlStdOperatorTable.INTERVAL,
                SqlStdOperatorTable.UNARY_MINUS,
                SqlStdOperatorTable.UNARY_PLUS,
                SqlStdOperatorTable.ROW,
                SqlStdOperatorTable.UNION,
                SqlStdOperatorTable.UNION_ALL,
                SqlStdOperatorTable.INTERSECT,
                SqlStdOperatorTable.INTERSECT_ALL,
                SqlStdOperatorTable.EXCEPT,
                SqlStdOperatorTable.EXCEPT_ALL,
                SqlStdOperatorTable.AS,
                SqlStdOperatorTable.DESC,
                SqlStdOperatorTable.NULLS_FIRST,
                SqlStdOperatorTable.NULLS_LAST,
                SqlStdOperatorTable.FILTER,
                SqlStdOperatorTable.GROUPING,
                SqlStdOperatorTable.GROUPING_ID,
                SqlStdOperatorTable.OVER,
                SqlStdOperatorTable.IGNORE_NULLS,
                SqlStdOperatorTable.RESPECT_NULLS,
                SqlStdOperatorTable.ROW_NUMBER,
                SqlStdOperatorTable.RANK,
                SqlStdOperatorTable.DENSE_RANK,
                SqlStdOperatorTable.PERCENT_RANK,
                SqlStdOperatorTable.CUME_DIST,
                SqlStdOperatorTable.NTILE,
                SqlStdOperatorTable.LAG,
                SqlStdOperatorTable.LEAD,
                SqlStdOperatorTable.FIRST_VALUE,
                SqlStdOperatorTable.LAST_VALUE,
                SqlStdOperatorTable.NTH_VALUE);
    }

    private static List<SqlOperator> infix() {
        return List.of(
                infix("+", SqlKind.PLUS, 40, "add"),
                infix("-", SqlKind.MINUS, 40, "subtract"),
                infix("*", SqlKind.TIMES, 60, "multiply"),
                infix("/", SqlKind.DIVIDE, 60, "divide"),
                infix("%", SqlKind.MOD, 60, "modulo"),
                infix("||", SqlKind.OTHER, 60, "||"),
                infix("->", SqlKind.OTHER, 74, "->"),
                infix("->>", SqlKind.OTHER, 74, "->>"),
                infix("//", SqlKind.OTHER, 60, "integer_divide"),
                infix("**", SqlKind.OTHER, 70, "power"),
                infix("&", SqlKind.OTHER, 36, "bit_and"),
                infix("|", SqlKind.OTHER, 36, "bit_or"),
                infix("<<", SqlKind.OTHER, 36, "shift_left"),
                infix(">>", SqlKind.OTHER, 36, "shift_right"));
    }

    private static SqlOperator infix(String symbol, SqlKind kind, int precedence, String function) {
        ScalarFunction found = FunctionCatalog.get(function);
        return new InfixOperator(
                symbol, kind, precedence, kind == SqlKind.DIVIDE ? new Quotient(found) : found);
    }

    private static List<SqlOperator> functions() {
        List<SqlOperator> functions = new ArrayList<>();
        for (FunctionCatalog.Entry entry : FunctionCatalog.entries()) {
            addFunction(functions, entry.function().name(), entry.function());
            for (String alias : entry.aliases()) {
                addFunction(functions, alias, entry.function());
            }
        }
        addFunction(functions, GapFunctions.MARKER_NAME, GapFunctions.MARKER);
        addFunction(functions, GapFunctions.FILLED_NAME, GapFunctions.FILLED);
        return functions;
    }

    private static void addFunction(
            List<SqlOperator> functions, String name, ScalarFunction function) {
        if (!SYMBOLS.contains(name) && !ALSO_AGGREGATES.contains(name)) {
            functions.add(new FunctionOperator(name, function));
        }
    }

    private static List<SqlOperator> slots() {
        return List.of(
                new SlotOperator("CURRENT_TIMESTAMP", false, Slot.Kind.NOW, Type.TIMESTAMPTZ),
                new SlotOperator(
                        "LOCALTIMESTAMP", false, Slot.Kind.LOCAL_TIMESTAMP, Type.TIMESTAMP),
                new SlotOperator("CURRENT_DATE", false, Slot.Kind.CURRENT_DATE, Type.DATE),
                new SlotOperator("CURRENT_USER", false, Slot.Kind.CURRENT_USER, Type.TEXT),
                new SlotOperator("SESSION_USER", false, Slot.Kind.CURRENT_USER, Type.TEXT),
                new SlotOperator("USER", false, Slot.Kind.CURRENT_USER, Type.TEXT),
                new SlotOperator("CURRENT_SCHEMA", false, Slot.Kind.CURRENT_SCHEMA, Type.TEXT),
                new SlotOperator("now", true, Slot.Kind.NOW, Type.TIMESTAMPTZ),
                new SlotOperator("transaction_timestamp", true, Slot.Kind.NOW, Type.TIMESTAMPTZ),
                new SlotOperator("statement_timestamp", true, Slot.Kind.NOW, Type.TIMESTAMPTZ),
                new SlotOperator("current_schema", true, Slot.Kind.CURRENT_SCHEMA, Type.TEXT),
                new SlotOperator("current_commit", true, Slot.Kind.CURRENT_COMMIT, Type.BIGINT),
                new SlotOperator("today", true, Slot.Kind.CURRENT_DATE, Type.DATE));
    }

    private static List<SqlOperator> aggregates() {
        List<SqlOperator> all =
                new ArrayList<>(
                        List.of(
                                SqlStdOperatorTable.COUNT,
                                SqlStdOperatorTable.SUM,
                                SqlStdOperatorTable.AVG,
                                SqlStdOperatorTable.MIN,
                                SqlStdOperatorTable.MAX,
                                SqlStdOperatorTable.ANY_VALUE,
                                SqlStdOperatorTable.SINGLE_VALUE));
        SqlReturnTypeInference same = ReturnTypes.ARG0_NULLABLE_IF_EMPTY;
        SqlReturnTypeInference nullable = ReturnTypes.ARG0_FORCE_NULLABLE;
        SqlReturnTypeInference floating = ReturnTypes.DOUBLE_FORCE_NULLABLE;
        SqlOperandTypeChecker number = OperandTypes.NUMERIC;
        SqlOperandTypeChecker numbers = OperandTypes.NUMERIC_NUMERIC;
        SqlOperandTypeChecker whole = OperandTypes.INTEGER;
        SqlOperandTypeChecker truth = OperandTypes.BOOLEAN;
        add(
                all,
                AggregateFunction.SUM,
                ReturnTypes.AGG_SUM,
                number,
                "fsum",
                "kahan_sum",
                "sumKahan");
        add(all, AggregateFunction.AVG, ReturnTypes.AVG_AGG_FUNCTION, number, "mean", "favg");
        add(all, AggregateFunction.ANY_VALUE, same, OperandTypes.ANY, "any", "arbitrary");
        add(
                all,
                AggregateFunction.STDDEV_SAMP,
                floating,
                number,
                "stddev",
                "stddev_samp",
                "stddevSamp");
        add(all, AggregateFunction.STDDEV_POP, floating, number, "stddev_pop", "stddevPop");
        add(all, AggregateFunction.VAR_SAMP, floating, number, "variance", "var_samp", "varSamp");
        add(all, AggregateFunction.VAR_POP, floating, number, "var_pop", "varPop");
        add(all, AggregateFunction.BOOL_AND, same, truth, "bool_and", "every", "logical_and");
        add(all, AggregateFunction.BOOL_OR, same, truth, "bool_or", "logical_or", "some");
        add(all, AggregateFunction.BIT_AND, same, whole, "bit_and", "groupBitAnd");
        add(all, AggregateFunction.BIT_OR, same, whole, "bit_or", "groupBitOr");
        add(all, AggregateFunction.BIT_XOR, same, whole, "bit_xor", "groupBitXor");
        add(
                all,
                AggregateFunction.ARG_MIN,
                nullable,
                OperandTypes.ANY_ANY,
                "arg_min",
                "min_by",
                "argMin");
        add(
                all,
                AggregateFunction.ARG_MAX,
                nullable,
                OperandTypes.ANY_ANY,
                "arg_max",
                "max_by",
                "argMax");
        add(
                all,
                AggregateFunction.APPROX_COUNT_DISTINCT,
                ReturnTypes.BIGINT,
                OperandTypes.ANY,
                "approx_count_distinct",
                "approx_distinct",
                "uniq",
                "uniqCombined",
                "uniqCombined64",
                "uniqHLL12");
        add(all, AggregateFunction.MODE, nullable, OperandTypes.ANY, "mode");
        add(all, AggregateFunction.PRODUCT, floating, number, "product");
        add(all, AggregateFunction.GEOMETRIC_MEAN, floating, number, "geometric_mean", "geomean");
        add(all, AggregateFunction.HISTOGRAM, Operators::histogram, OperandTypes.ANY, "histogram");
        states(all);
        add(all, AggregateFunction.SKEWNESS, floating, number, "skewness", "skewSamp");
        add(all, AggregateFunction.KURTOSIS, floating, number, "kurtosis");
        add(all, AggregateFunction.KURTOSIS_POP, floating, number, "kurtosis_pop");
        add(all, AggregateFunction.ENTROPY, ReturnTypes.DOUBLE, OperandTypes.ANY, "entropy");
        add(all, AggregateFunction.MAD, floating, number, "mad");
        add(all, AggregateFunction.COVAR_POP, floating, numbers, "covar_pop");
        add(all, AggregateFunction.COVAR_SAMP, floating, numbers, "covar_samp");
        add(all, AggregateFunction.CORR, floating, numbers, "corr");
        add(all, AggregateFunction.REGR_SLOPE, floating, numbers, "regr_slope");
        add(all, AggregateFunction.REGR_INTERCEPT, floating, numbers, "regr_intercept");
        add(all, AggregateFunction.REGR_R2, floating, numbers, "regr_r2");
        add(all, AggregateFunction.REGR_AVGX, floating, numbers, "regr_avgx");
        add(all, AggregateFunction.REGR_AVGY, floating, numbers, "regr_avgy");
        add(all, AggregateFunction.REGR_SXX, floating, numbers, "regr_sxx");
        add(all, AggregateFunction.REGR_SYY, floating, numbers, "regr_syy");
        add(all, AggregateFunction.REGR_SXY, floating, numbers, "regr_sxy");
        return all;
    }

    /// What aggregates keep, as values, and aggregates of such values.
    private static void states(List<SqlOperator> all) {
        SqlReturnTypeInference state =
                binding -> RelTypes.toRel(binding.getTypeFactory(), Type.VARBINARY, false);
        SqlOperandTypeChecker bytes = OperandTypes.BINARY;
        add(
                all,
                AggregateFunction.APPROX_COUNT_DISTINCT_STATE,
                state,
                OperandTypes.ANY,
                "approx_count_distinct_state",
                "uniqState");
        add(
                all,
                AggregateFunction.APPROX_COUNT_DISTINCT_MERGE,
                ReturnTypes.BIGINT,
                bytes,
                "approx_count_distinct_merge",
                "uniqMerge");
        add(
                all,
                AggregateFunction.APPROX_COUNT_DISTINCT_MERGE_STATE,
                state,
                bytes,
                "approx_count_distinct_merge_state",
                "uniqMergeState");
        add(
                all,
                AggregateFunction.APPROX_QUANTILE_STATE,
                state,
                OperandTypes.NUMERIC,
                "approx_quantile_state");
        add(
                all,
                AggregateFunction.APPROX_QUANTILE_MERGE_STATE,
                state,
                bytes,
                "approx_quantile_merge_state");
    }

    private static RelDataType histogram(SqlOperatorBinding binding) {
        Type value = RelTypes.toType(binding.getOperandType(0));
        return RelTypes.toRel(binding.getTypeFactory(), new Type.Map(value, Type.BIGINT), true);
    }

    private static void add(
            List<SqlOperator> all,
            AggregateFunction function,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands,
            String... names) {
        for (String name : names) {
            all.add(new AggregateOperator(name, function, result, operands));
        }
    }
}
