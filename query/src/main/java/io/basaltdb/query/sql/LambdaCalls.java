package io.basaltdb.query.sql;

import io.basaltdb.query.expression.ListLambda.Kind;
import io.basaltdb.query.function.StructValue;
import io.basaltdb.query.optimizer.FixedOperator;
import io.basaltdb.query.optimizer.LambdaParameter;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Finds the calls that have lambdas, and puts calls of [LambdaParameter] in the places of their parameters' names: what is in scope follows from the text
/// alone, and the validator never sees a name that is no column. What other databases have more functions for is put together from a few.
///
/// The lists stand before the lambda (`list_filter(l, x -> …)`) or behind it (`arrayFilter(x -> …, l)`).
final class LambdaCalls extends SqlShuttle {
    /// A comprehension: what it gives, the names, the list, and perhaps a condition.
    static final String COMPREHENSION = "list comprehension";

    /// The names of a comprehension.
    static final String NAMES = "lambda names";

    /// What a call with a lambda means.
    private enum Meaning {
        TRANSFORM,
        FILTER,
        REDUCE,
        /// A reduction whose initial value stands behind any number of lists.
        FOLD,
        ANY,
        ALL,
        NONE,
        COUNT,
        FIRST,
        LAST,
        FIRST_PLACE,
        SUM,
        AVERAGE,
        MIN,
        MAX,
        SORT,
        REVERSE_SORT,
        MAP_FILTER,
        MAP_KEYS,
        MAP_VALUES
    }

    private static final Map<String, Meaning> MEANINGS =
            Map.ofEntries(
                    Map.entry("list_transform", Meaning.TRANSFORM),
                    Map.entry("array_transform", Meaning.TRANSFORM),
                    Map.entry("list_apply", Meaning.TRANSFORM),
                    Map.entry("array_apply", Meaning.TRANSFORM),
                    Map.entry("apply", Meaning.TRANSFORM),
                    Map.entry("transform", Meaning.TRANSFORM),
                    Map.entry("arraymap", Meaning.TRANSFORM),
                    Map.entry("list_filter", Meaning.FILTER),
                    Map.entry("array_filter", Meaning.FILTER),
                    Map.entry("filter", Meaning.FILTER),
                    Map.entry("arrayfilter", Meaning.FILTER),
                    Map.entry("list_reduce", Meaning.REDUCE),
                    Map.entry("array_reduce", Meaning.REDUCE),
                    Map.entry("reduce", Meaning.REDUCE),
                    Map.entry("arrayfold", Meaning.FOLD),
                    Map.entry("list_any_match", Meaning.ANY),
                    Map.entry("array_any_match", Meaning.ANY),
                    Map.entry("any_match", Meaning.ANY),
                    Map.entry("arrayexists", Meaning.ANY),
                    Map.entry("exists", Meaning.ANY),
                    Map.entry("list_all_match", Meaning.ALL),
                    Map.entry("array_all_match", Meaning.ALL),
                    Map.entry("all_match", Meaning.ALL),
                    Map.entry("arrayall", Meaning.ALL),
                    Map.entry("forall", Meaning.ALL),
                    Map.entry("list_none_match", Meaning.NONE),
                    Map.entry("none_match", Meaning.NONE),
                    Map.entry("arraycount", Meaning.COUNT),
                    Map.entry("arrayfirst", Meaning.FIRST),
                    Map.entry("arraylast", Meaning.LAST),
                    Map.entry("arrayfirstindex", Meaning.FIRST_PLACE),
                    Map.entry("arraysum", Meaning.SUM),
                    Map.entry("arrayavg", Meaning.AVERAGE),
                    Map.entry("arraymin", Meaning.MIN),
                    Map.entry("arraymax", Meaning.MAX),
                    Map.entry("arraysort", Meaning.SORT),
                    Map.entry("arrayreversesort", Meaning.REVERSE_SORT),
                    Map.entry("map_filter", Meaning.MAP_FILTER),
                    Map.entry("mapfilter", Meaning.MAP_FILTER),
                    Map.entry("transform_keys", Meaning.MAP_KEYS),
                    Map.entry("transform_values", Meaning.MAP_VALUES));

    private Map<String, LambdaParameter> scope = noNames();
    private int depth;

    private LambdaCalls() {}

    /// The tree without lambdas. Its operators are for one planning.
    static SqlNode bound(SqlNode tree) {
        return new LambdaCalls().visited(tree);
    }

    /// Whether a call of that name may have a lambda.
    static boolean areTakenBy(String function) {
        return MEANINGS.containsKey(function.toLowerCase(Locale.ROOT));
    }

    private static Map<String, LambdaParameter> noNames() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private SqlNode visited(SqlNode node) {
        @Nullable SqlNode visited = node.accept(this);
        assert visited != null;
        return visited;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            // What stands behind is a name and nothing else.
            List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.set(0, visited(call.operand(0)));
            return call.getOperator().createCall(call.getParserPosition(), operands);
        }
        if (call.isA(SqlKind.QUERY) && !scope.isEmpty()) {
            Map<String, LambdaParameter> outer = scope;
            scope = noNames();
            @Nullable SqlNode query = super.visit(call);
            scope = outer;
            return query;
        }
        if (call instanceof SqlLambda) {
            throw refused(
                    call, "A lambda can only be an argument of a function such as list_transform");
        }
        if (!(call instanceof SqlBasicCall)
                || !(call.getOperator() instanceof SqlUnresolvedFunction function)) {
            return super.visit(call);
        }
        String name = function.getName().toLowerCase(Locale.ROOT);
        if (name.equals(COMPREHENSION)) {
            return comprehension(call);
        }
        if (call.getOperandList().stream().noneMatch(SqlLambda.class::isInstance)) {
            return super.visit(call);
        }
        @Nullable Meaning meaning = MEANINGS.get(name);
        if (meaning == null) {
            throw refused(
                    call,
                    function.getName()
                            + " takes no lambda; list_transform, list_filter and list_reduce do");
        }
        return new Arguments(call, function.getName()).as(meaning);
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        @Nullable LambdaParameter parameter =
                identifier.isStar() ? null : scope.get(identifier.names.getFirst());
        if (parameter == null) {
            return identifier;
        }
        SqlNode value = parameter.createCall(identifier.getComponent(0).getParserPosition());
        for (String member : identifier.names.subList(1, identifier.names.size())) {
            value = NestedCalls.member(identifier.getParserPosition(), value, member);
        }
        return value;
    }

    private SqlNode comprehension(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        SqlNode list = visited(call.operand(2));
        SqlNodeList names = new SqlNodeList(((SqlCall) call.operand(1)).getOperandList(), position);
        if (call.operandCount() > 3) {
            Arguments condition =
                    new Arguments("the condition of a comprehension", position, List.of(list));
            list = condition.apply(Kind.FILTER, new SqlLambda(position, names, call.operand(3)));
        }
        return new Arguments("a comprehension", position, List.of(list))
                .apply(Kind.TRANSFORM, new SqlLambda(position, names, call.operand(0)));
    }

    private static RuntimeException refused(SqlNode at, String message) {
        return SyntaxRewrite.refused(at.getParserPosition(), ErrorCode.UNDEFINED_FUNCTION, message);
    }

    /// The arguments of one call, told apart.
    private final class Arguments {
        private final String written;
        private final SqlParserPos position;
        private final List<SqlLambda> lambdas = new ArrayList<>();
        private final List<SqlNode> others = new ArrayList<>();

        Arguments(SqlCall call, String written) {
            this.written = written;
            this.position = call.getParserPosition();
            for (SqlNode operand : call.getOperandList()) {
                if (operand instanceof SqlLambda lambda) {
                    lambdas.add(lambda);
                } else {
                    others.add(visited(operand));
                }
            }
            if (others.isEmpty()) {
                throw refused(call, written + " takes a list and a lambda");
            }
        }

        Arguments(String written, SqlParserPos position, List<SqlNode> lists) {
            this.written = written;
            this.position = position;
            others.addAll(lists);
        }

        SqlNode as(Meaning meaning) {
            if (meaning == Meaning.REDUCE || meaning == Meaning.FOLD) {
                return reduced(meaning == Meaning.FOLD);
            }
            if (lambdas.size() > 1) {
                throw refused(lambdas.get(1), written + " takes one lambda");
            }
            return switch (meaning) {
                case TRANSFORM -> apply(Kind.TRANSFORM);
                case FILTER -> apply(Kind.FILTER);
                case ANY -> apply(Kind.ANY_MATCH);
                case ALL -> apply(Kind.ALL_MATCH);
                case NONE -> SqlStdOperatorTable.NOT.createCall(position, apply(Kind.ANY_MATCH));
                case COUNT -> named("array_length", apply(Kind.FILTER));
                case FIRST -> named("array_extract", apply(Kind.FILTER), number(1));
                case LAST -> named("array_extract", apply(Kind.FILTER), number(-1));
                case FIRST_PLACE ->
                        SqlStdOperatorTable.COALESCE.createCall(
                                position,
                                named(
                                        "list_position",
                                        apply(Kind.TRANSFORM),
                                        SqlLiteral.createBoolean(true, position)),
                                number(0));
                case SUM -> named("list_sum", apply(Kind.TRANSFORM));
                case AVERAGE -> named("list_avg", apply(Kind.TRANSFORM));
                case MIN -> named("list_min", apply(Kind.TRANSFORM));
                case MAX -> named("list_max", apply(Kind.TRANSFORM));
                case SORT -> sorted("list_sort");
                case REVERSE_SORT -> sorted("list_reverse_sort");
                case MAP_FILTER ->
                        named("map_from_arrays", filteredHalf(false), filteredHalf(true));
                case MAP_KEYS -> named("map_from_arrays", ofEntries(), half("map_values"));
                case MAP_VALUES -> named("map_from_arrays", half("map_keys"), ofEntries());
                case REDUCE, FOLD -> throw new AssertionError(meaning);
            };
        }

        private SqlNode named(String function, SqlNode... operands) {
            return SyntaxRewrite.named(position, function, List.of(operands));
        }

        private SqlNode number(int value) {
            return SqlLiteral.createExactNumeric(Integer.toString(value), position);
        }

        private SqlNode apply(Kind kind) {
            return apply(kind, lambdas.getFirst());
        }

        private SqlNode apply(Kind kind, SqlLambda lambda) {
            return apply(kind, lambda, others, null);
        }

        /// The elements in the order of what the lambda gives for them, then of their places.
        private SqlNode sorted(String function) {
            SqlLambda lambda = lambdas.getFirst();
            SqlNode element = lambda.getParameters().get(0);
            SqlNode place = new SqlIdentifier("place", position);
            SqlNode pair =
                    struct(
                            List.of("key", "place", "element"),
                            lambda.getExpression(),
                            place,
                            element);
            SqlNodeList names = SqlNodeList.of(element, place);
            SqlNode pairs = apply(Kind.TRANSFORM, new SqlLambda(position, names, pair));
            SqlNode each = new SqlIdentifier("each", position);
            return new Arguments(written, position, List.of(named(function, pairs)))
                    .apply(
                            Kind.TRANSFORM,
                            new SqlLambda(
                                    position,
                                    SqlNodeList.of(each),
                                    NestedCalls.member(position, each, "element")));
        }

        private SqlNode struct(List<String> names, SqlNode... values) {
            return new FixedOperator(new StructValue(names)).createCall(position, values);
        }

        private SqlNode half(String function) {
            return named(function, TreeCopy.of(others.getFirst()));
        }

        /// The lambda over keys and values, side by side.
        private SqlNode ofEntries() {
            return apply(
                    Kind.TRANSFORM,
                    entryLambda(),
                    List.of(half("map_keys"), half("map_values")),
                    null);
        }

        private SqlNode filteredHalf(boolean values) {
            SqlLambda lambda = entryLambda();
            List<SqlNode> lists = List.of(half("map_keys"), half("map_values"));
            if (!values) {
                return apply(Kind.FILTER, lambda, lists, null);
            }
            SqlNodeList swapped =
                    SqlNodeList.of(lambda.getParameters().get(1), lambda.getParameters().get(0));
            return apply(
                    Kind.FILTER,
                    new SqlLambda(lambda.getParserPosition(), swapped, lambda.getExpression()),
                    lists.reversed(),
                    null);
        }

        private SqlLambda entryLambda() {
            SqlLambda lambda = lambdas.getFirst();
            if (lambda.getParameters().size() != 2) {
                throw refused(
                        lambda,
                        "The lambda of " + written + " has two parameters: (key, value) -> …");
            }
            return lambda;
        }

        /// A reduction, and perhaps what is made of what it gives.
        private SqlNode reduced(boolean isFold) {
            List<SqlNode> lists = others;
            @Nullable SqlNode initial = null;
            if (others.size() > 1) {
                initial = others.getLast();
                lists = others.subList(0, others.size() - 1);
            }
            if (lists.size() > 1 && !isFold) {
                throw refused(
                        lists.get(1), written + " takes a list, a lambda and an initial value");
            }
            SqlNode value = apply(Kind.REDUCE, lambdas.getFirst(), lists, initial);
            if (lambdas.size() == 1) {
                return value;
            }
            SqlNode alone = named("list_value", value);
            SqlNode finished =
                    new Arguments(written, position, List.of(alone))
                            .apply(Kind.TRANSFORM, lambdas.get(1));
            return named("array_extract", finished, number(1));
        }

        /// The call of the function of lists, with the lambda's body as its last operand.
        private SqlNode apply(
                Kind kind, SqlLambda lambda, List<SqlNode> lists, @Nullable SqlNode initial) {
            SqlNodeList names = lambda.getParameters();
            int least = lists.size() + (kind == Kind.REDUCE ? 1 : 0);
            if (names.size() != least && names.size() != least + 1) {
                throw refused(lambda, wrongCount(kind, least, names.size()));
            }
            List<LambdaParameter> parameters = new ArrayList<>();
            Map<String, LambdaParameter> own = noNames();
            for (SqlNode node : names) {
                String name = ((SqlIdentifier) node).getSimple();
                LambdaParameter parameter = new LambdaParameter(depth, parameters.size(), name);
                parameters.add(parameter);
                if (own.put(name, parameter) != null) {
                    throw refused(node, "The lambda has two parameters " + name);
                }
            }
            Map<String, LambdaParameter> outer = scope;
            scope = noNames();
            scope.putAll(outer);
            scope.putAll(own);
            depth++;
            SqlNode body = visited(TreeCopy.of(lambda.getExpression()));
            depth--;
            scope = outer;
            List<SqlNode> operands = new ArrayList<>(lists);
            if (initial != null) {
                operands.add(initial);
            }
            operands.add(body);
            return new LambdaOperator(kind, written, parameters, lists.size(), initial != null)
                    .createCall(position, operands);
        }

        private String wrongCount(Kind kind, int least, int found) {
            String wanted =
                    kind == Kind.REDUCE
                            ? least + " parameters: the running value and the element"
                            : least == 1
                                    ? "1 parameter: the element"
                                    : least + " parameters: the elements";
            return "The lambda of "
                    + written
                    + " has "
                    + wanted
                    + ", and perhaps one more: its place, from 1; here it has "
                    + found;
        }
    }
}
