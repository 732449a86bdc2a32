package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function over its arguments' vectors. Where binding fails (a pattern that is wrong), the failure is kept until a row asks for the value.
final class CallComputation extends Computation {
    private final List<Computation> arguments;
    private final Vector[] vectors;
    private final List<Vector> vectorList;
    private final @Nullable ScalarLoop loop;
    private final @Nullable BasaltException failure;

    CallComputation(Expression.Call call, List<Computation> arguments, EvaluationContext context) {
        super(call.type());
        this.arguments = arguments;
        this.vectors = new Vector[arguments.size()];
        this.vectorList = Arrays.asList(vectors);
        List<Type> types = new ArrayList<>();
        List<@Nullable Value> constants = new ArrayList<>();
        for (Computation argument : arguments) {
            types.add(argument.type);
            constants.add(argument instanceof ConstantComputation c ? c.value() : null);
        }
        ScalarLoop bound = null;
        BasaltException failed = null;
        try {
            bound = call.function().bind(types, call.type(), constants, context);
        } catch (BasaltException e) {
            failed = e;
        }
        loop = bound;
        failure = failed;
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        if (failure != null && !isEmpty(batch, live)) {
            throw failure;
        }
        if (loop == null || batch.size() == 0) {
            return new ConstantVector(type, batch.size(), Value.NULL);
        }
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = arguments.get(i).compute(batch, live);
        }
        return loop.evaluate(vectorList, batch.size(), live);
    }
}
