package io.basaltdb.query.plan;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.ListLambda;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Expressions as SQL-like text, columns by the names that the input gives them.
final class ExpressionPrinter {
    private static final Map<String, String> INFIX =
            Map.of(
                    "add",
                    "+",
                    "subtract",
                    "-",
                    "multiply",
                    "*",
                    "divide",
                    "/",
                    "modulo",
                    "%",
                    "||",
                    "||",
                    "like",
                    "LIKE",
                    "ilike",
                    "ILIKE");

    /// Levels that are printed: below stands an ellipsis. Nobody reads more, and plans are printed by
    /// threads of ordinary stacks.
    private static final int MAX_DEPTH = 100;

    private final Schema input;
    private int depth;

    private ExpressionPrinter(Schema input) {
        this.input = input;
    }

    static String print(Expression expression, Schema input) {
        return new ExpressionPrinter(input).text(expression);
    }

    private String text(Expression expression) {
        if (depth == MAX_DEPTH) {
            return "…";
        }
        depth++;
        String text = whole(expression);
        depth--;
        return text;
    }

    private String whole(Expression expression) {
        return switch (expression) {
            case Expression.Column column ->
                    column.index() < input.size()
                            ? input.field(column.index()).name()
                            : "#" + column.index();
            case Expression.Literal literal -> ValuePrinter.print(literal.value(), literal.type());
            case Expression.Parameter parameter -> "$" + (parameter.index() + 1);
            case Expression.Slot slot -> slot.kind().name();
            case Expression.Call call -> call(call);
            case Expression.Cast cast ->
                    (cast.orNull() ? "TRY_CAST(" : "CAST(")
                            + text(cast.operand())
                            + " AS "
                            + cast.type().sql()
                            + ")";
            case Expression.Comparison comparison ->
                    nested(comparison.left())
                            + symbol(comparison.operator())
                            + nested(comparison.right());
            case Expression.In in ->
                    nested(in.operand())
                            + " IN "
                            + RangesPrinter.print(in.ranges(), in.operand().type());
            case Expression.And and -> joined(and.operands(), " AND ");
            case Expression.Or or -> joined(or.operands(), " OR ");
            case Expression.Not not -> "NOT " + nested(not.operand());
            case Expression.Is is ->
                    nested(is.operand()) + " IS " + is.test().name().replace('_', ' ');
            case Expression.Case choice -> choice(choice);
            case Expression.Coalesce coalesce ->
                    coalesce.operands().stream()
                            .map(this::text)
                            .collect(Collectors.joining(", ", "coalesce(", ")"));
        };
    }

    private String call(Expression.Call call) {
        if (call.function() instanceof ListLambda lambda) {
            return lambda(lambda, call.arguments());
        }
        String symbol = INFIX.get(call.function().name());
        if (symbol != null && call.arguments().size() == 2) {
            return nested(call.arguments().get(0))
                    + " "
                    + symbol
                    + " "
                    + nested(call.arguments().get(1));
        }
        return call.arguments().stream()
                .map(this::text)
                .collect(Collectors.joining(", ", call.function().name() + "(", ")"));
    }

    /// As it is written: what the body takes of the row stands in the body.
    private String lambda(ListLambda lambda, List<Expression> arguments) {
        List<Field> fields = new ArrayList<>();
        for (String parameter : lambda.parameters()) {
            fields.add(new Field(parameter, Type.NULL, true));
        }
        for (Expression taken : arguments.subList(lambda.ownArguments(), arguments.size())) {
            fields.add(new Field(nested(taken), taken.type(), true));
        }
        ExpressionPrinter body = new ExpressionPrinter(new Schema(fields));
        body.depth = depth;
        String names = String.join(", ", lambda.parameters());
        List<String> written = new ArrayList<>();
        arguments.subList(0, lambda.ownArguments()).forEach(each -> written.add(text(each)));
        written.add(
                lambda.elements().size(),
                (lambda.parameters().size() == 1 ? names : "(" + names + ")")
                        + " -> "
                        + body.text(lambda.body()));
        return lambda.kind().function() + "(" + String.join(", ", written) + ")";
    }

    private String choice(Expression.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (Expression.Case.Branch branch : choice.branches()) {
            text.append(" WHEN ")
                    .append(text(branch.condition()))
                    .append(" THEN ")
                    .append(text(branch.result()));
        }
        return text.append(" ELSE ").append(text(choice.otherwise())).append(" END").toString();
    }

    private String joined(List<Expression> operands, String word) {
        return operands.stream().map(this::nested).collect(Collectors.joining(word));
    }

    /// In parentheses where it is made of parts itself.
    private String nested(Expression expression) {
        boolean infix =
                expression instanceof Expression.Call call
                        && call.arguments().size() == 2
                        && INFIX.containsKey(call.function().name());
        boolean compound =
                expression instanceof Expression.And
                        || expression instanceof Expression.Or
                        || expression instanceof Expression.Not
                        || expression instanceof Expression.Comparison
                        || expression instanceof Expression.Is
                        || expression instanceof Expression.In;
        return infix || compound ? "(" + text(expression) + ")" : text(expression);
    }

    private static String symbol(Expression.Comparison.Operator operator) {
        return switch (operator) {
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
            case IS_DISTINCT_FROM -> " IS DISTINCT FROM ";
            case IS_NOT_DISTINCT_FROM -> " IS NOT DISTINCT FROM ";
        };
    }
}
