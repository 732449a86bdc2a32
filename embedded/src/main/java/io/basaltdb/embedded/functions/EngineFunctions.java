package io.basaltdb.embedded.functions;

import io.basaltdb.query.Engine;
import io.basaltdb.query.function.jvm.GroupCode;
import io.basaltdb.query.function.jvm.RowCode;
import io.basaltdb.storage.error.BasaltException;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions of an engine.
public final class EngineFunctions implements JavaFunctions {
    private final Engine engine;

    public EngineFunctions(Engine engine) {
        this.engine = engine;
    }

    private interface Adding {
        void run();
    }

    private static void run(Adding adding) throws SQLException {
        try {
            adding.run();
        } catch (BasaltException e) {
            throw new SQLException(e.code() + ": " + e.text(), e.code().sqlState(), e);
        }
    }

    @Override
    @SuppressWarnings(
            "unchecked") // an argument of another class than the lambda wants is an error of the
    // call
    public <A, R> void function(String declaration, Function<A, R> function) throws SQLException {
        RowCode code = row -> function.apply((A) row[0]);
        run(() -> engine.addFunction(declaration, 1, code));
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <A, B, R> void function(String declaration, BiFunction<A, B, R> function)
            throws SQLException {
        RowCode code = row -> function.apply((A) row[0], (B) row[1]);
        run(() -> engine.addFunction(declaration, 2, code));
    }

    @Override
    public void rowFunction(String declaration, RowFunction function) throws SQLException {
        run(() -> engine.addFunction(declaration, Engine.ANY_NUMBER, function::call));
    }

    @Override
    public void vectorFunction(String declaration, VectorFunction function) throws SQLException {
        run(() -> engine.addVectorFunction(declaration, function::call));
    }

    @Override
    public <S> void aggregate(String declaration, GroupFunction<S> function) throws SQLException {
        run(() -> engine.addAggregate(declaration, Engine.ANY_NUMBER, new Groups<>(function)));
    }

    private record Groups<S>(GroupFunction<S> function) implements GroupCode<S> {
        @Override
        public S begin() throws Exception {
            return function.begin();
        }

        @Override
        public void accumulate(S state, @Nullable Object[] row) throws Exception {
            function.accumulate(state, row);
        }

        @Override
        public void merge(S state, S other) throws Exception {
            function.merge(state, other);
        }

        @Override
        public @Nullable Object finish(S state) throws Exception {
            return function.finish(state);
        }
    }

    @Override
    public <S, A, R> void aggregate(
            String declaration,
            Supplier<S> begin,
            BiConsumer<S, A> accumulate,
            BiConsumer<S, S> merge,
            Function<S, R> finish)
            throws SQLException {
        run(() ->
                engine.addAggregate(
                        declaration, 1, new Lambdas<>(begin, accumulate, merge, finish)));
    }

    private record Lambdas<S, A, R>(
            Supplier<S> make,
            BiConsumer<S, A> accumulateOne,
            BiConsumer<S, S> mergeOther,
            Function<S, R> result)
            implements GroupCode<S> {
        @Override
        public S begin() {
            return make.get();
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public void accumulate(S state, @Nullable Object[] row) {
            accumulateOne.accept(state, (A) row[0]);
        }

        @Override
        public void merge(S state, S other) {
            mergeOther.accept(state, other);
        }

        @Override
        public @Nullable Object finish(S state) {
            return result.apply(state);
        }
    }

    @Override
    public boolean remove(String name) {
        return engine.removeFunction(name);
    }
}
