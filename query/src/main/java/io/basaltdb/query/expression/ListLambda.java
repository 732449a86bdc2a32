package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A function of lists that computes an expression for their elements: `list_transform(l, x -> x + a)`.
///
/// The body is an ordinary expression over rows of its own, one for each element: first the parameters, then what it takes of the row that the list
/// stands in. So a call has no other arguments than the lists, the initial value of a reduction, and what the body takes of the row, and whoever
/// moves, shares or folds calls needs to know nothing of lambdas.
///
/// @param parameters their names: the running value of a reduction, the element of each list, and perhaps its place, from 1
/// @param elements what the elements of the lists are, one type for each list
/// @param hasInitial whether a reduction begins with a value that stands behind the lists; else it begins with the first element
/// @param taken the types of what the body takes of the row
/// @param body for a reduction of the running value's type, for a choice BOOLEAN
public record ListLambda(
        Kind kind,
        List<String> parameters,
        List<Type> elements,
        boolean hasInitial,
        List<Type> taken,
        Expression body)
        implements ScalarFunction {

    /// What is made of the body's values.
    public enum Kind {
        /// The list of them.
        TRANSFORM,
        /// The list of the elements for which it is true.
        FILTER,
        /// Whether it is true for one.
        ANY_MATCH,
        /// Whether it is true for all.
        ALL_MATCH,
        /// The last of them, each being the first parameter of the next.
        REDUCE;

        public String function() {
            return "list_" + name().toLowerCase(Locale.ROOT);
        }
    }

    public ListLambda {
        parameters = List.copyOf(parameters);
        elements = List.copyOf(elements);
        taken = List.copyOf(taken);
    }

    /// Lists and the initial value: what stands before what the body takes of the row.
    public int ownArguments() {
        return elements.size() + (hasInitial ? 1 : 0);
    }

    /// Whether the body sees the places of the elements.
    boolean isNumbered() {
        return parameters.size() > elements.size() + (kind == Kind.REDUCE ? 1 : 0);
    }

    /// All that it was made of: two of the same name are the same function.
    @Override
    public String name() {
        return kind.function() + " " + parameters + elements + hasInitial + " " + body;
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        if (arguments.size() != ownArguments() + taken.size()) {
            return null;
        }
        return switch (kind) {
            case TRANSFORM -> new Type.Array(body.type());
            case FILTER -> new Type.Array(elements.getFirst());
            case ANY_MATCH, ALL_MATCH -> Type.BOOLEAN;
            case REDUCE -> body.type();
        };
    }

    @Override
    public List<Type> operandTypes(List<Type> arguments) {
        List<Type> types = new ArrayList<>();
        elements.forEach(element -> types.add(new Type.Array(element)));
        if (hasInitial) {
            types.add(body.type());
        }
        types.addAll(taken);
        return types;
    }

    @Override
    public Volatility volatility() {
        return Expressions.volatility(body);
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        boolean mayBeEmpty = kind == Kind.REDUCE && !hasInitial;
        return mayBeEmpty || elements.size() > 1 || Expressions.isFallible(body);
    }

    @Override
    public boolean isStrict() {
        return false;
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        Evaluator evaluator = Evaluator.of(withConstants(constants), context);
        return kind == Kind.REDUCE
                ? new ReducingLoop(this, evaluator)
                : new ElementwiseLoop(this, evaluator);
    }

    /// The body with literals for what is the same in every row, so that patterns and units in it are prepared once.
    private Expression withConstants(List<@Nullable Value> constants) {
        return Expressions.replaceColumns(
                body,
                column -> {
                    int argument = ownArguments() + column.index() - parameters.size();
                    @Nullable Value constant =
                            column.index() < parameters.size() ? null : constants.get(argument);
                    return constant == null
                            ? column
                            : new Expression.Literal(constant, column.type());
                });
    }
}
