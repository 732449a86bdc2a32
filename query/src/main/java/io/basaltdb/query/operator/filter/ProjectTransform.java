package io.basaltdb.query.operator.filter;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the columns that follow from those of its input.
public final class ProjectTransform implements Transform {
    private final List<Expression> expressions;

    public ProjectTransform(List<Expression> expressions) {
        this.expressions = List.copyOf(expressions);
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        Projector computation = Projector.of(expressions, context.evaluation());
        return new LocalTransform() {
            private @Nullable Batch pending;

            @Override
            public void accept(Batch input) {
                pending = input;
            }

            @Override
            public @Nullable Batch produce() {
                Batch input = pending;
                pending = null;
                return input == null ? null : computation.project(input);
            }

            @Override
            public void close() {}
        };
    }
}
