package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.function.UserAggregate;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// How an accumulator that does not lie in the shared row of longs is made. Records, so that equal ones are made once.
sealed interface AccumulatorMaker {
    Accumulator make(Reservation reservation);

    /// Exact sum of doubles.
    record DoubleSum(int input, int mask) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new ExactSums(input, mask, reservation);
        }
    }

    /// Exact sum and sum of squares of doubles; of wide decimals after conversion.
    record DoubleMoments(int input, int mask, int scale) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new DoubleMomentsAccumulator(input, mask, scale, reservation);
        }
    }

    /// Least or greatest text or wide number.
    record Extreme(int input, int mask, boolean greatest, Type type) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new ExtremeAccumulator(this, reservation);
        }
    }

    /// The value at the least or greatest key.
    record ArgExtreme(int value, int key, int mask, boolean greatest, Type valueType, Type keyType)
            implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new ArgExtremeAccumulator(this, reservation);
        }
    }

    /// The only row's value.
    record Single(int input, int mask, Type type) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new SingleValueAccumulator(this, reservation);
        }
    }

    /// @param ofStates whether the input is states
    /// @param givesState whether the result is
    record ApproximateCount(int input, int mask, Type type, boolean ofStates, boolean givesState)
            implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new ApproximateCountAccumulator(this, reservation);
        }
    }

    /// @param ofStates whether the input is states, else it is doubles
    record Quantiles(int input, int mask, boolean ofStates) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new QuantileSketchAccumulator(this, reservation);
        }
    }

    /// Exact sums of pairs of doubles.
    record DoublePairs(int y, int x, int mask) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new DoublePairsAccumulator(y, x, mask, reservation);
        }
    }

    /// An aggregate that a user wrote.
    ///
    /// @param inputs its arguments
    record Java(List<Integer> inputs, int mask, UserAggregate code) implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new JavaAccumulator(this, reservation);
        }
    }

    /// The rows themselves.
    ///
    /// @param inputs what is kept, in the order of their weight when rows are ordered
    /// @param directions of each input
    record KeptRows(List<Integer> inputs, int mask, List<Direction> directions, List<Type> types)
            implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new KeptRowsAccumulator(this, reservation);
        }
    }

    /// Another call over the distinct tuples of its arguments.
    ///
    /// @param call over the columns of `arguments`, not distinct and without a filter
    record Distinct(
            List<Integer> inputs, int mask, Schema arguments, AggregateCall call, boolean hasKeys)
            implements AccumulatorMaker {
        @Override
        public Accumulator make(Reservation reservation) {
            return new DistinctAccumulator(this, reservation);
        }
    }
}
