package io.basaltdb.query.expression;

import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;

/// A value computed from one row of a batch. Immutable; equal expressions are equal records.
public sealed interface Expression {
    Type type();

    /// The column of the input batch at that position.
    record Column(int index, Type type) implements Expression {}

    /// A constant; NULL has the type that the statement gives it.
    record Literal(Value value, Type type) implements Expression {}

    /// The statement's parameter at that position, from 0; bound before execution.
    record Parameter(int index, Type type) implements Expression {}

    /// A value that is fixed when the query starts.
    record Slot(Kind kind, Type type) implements Expression {
        /// What the session provides.
        public enum Kind {
            /// Wall time at the start of the statement, TIMESTAMP WITH TIME ZONE.
            NOW,
            /// The date of [#NOW] in the session's zone.
            CURRENT_DATE,
            /// [#NOW] in the session's zone, TIMESTAMP.
            LOCAL_TIMESTAMP,
            CURRENT_USER,
            CURRENT_SCHEMA,
            /// The number of the newest commit that the statement sees, BIGINT.
            CURRENT_COMMIT
        }
    }

    /// A function of the catalogue applied to arguments whose types it accepts.
    record Call(ScalarFunction function, List<Expression> arguments, Type type)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// Conversion to another type; with `orNull` a value that cannot be converted gives NULL instead of an error (TRY_CAST).
    record Cast(Expression operand, Type type, boolean orNull) implements Expression {}

    /// Compares two values of types with a common order (both numbers, both text, both dates …).
    record Comparison(Operator operator, Expression left, Expression right) implements Expression {
        /// The six orders and the two that know NULL.
        public enum Operator {
            EQUAL,
            NOT_EQUAL,
            LESS,
            LESS_OR_EQUAL,
            GREATER,
            GREATER_OR_EQUAL,
            /// Never NULL: two NULLs are not distinct.
            IS_DISTINCT_FROM,
            IS_NOT_DISTINCT_FROM
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /// Whether the value lies in a set: IN lists, BETWEEN, several comparisons of one expression with constants. NULL gives NULL, unless
    /// `nullIs` says what it gives. `ranges.includesNull()` is not used here.
    record In(Expression operand, Ranges ranges, NullIs nullIs) implements Expression {
        /// What a NULL operand gives.
        public enum NullIs {
            UNKNOWN,
            FALSE,
            TRUE
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /// True where all are true; stands for the whole conjunction, operands in the order of the statement.
    record And(List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /// True where one is true.
    record Or(List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    record Not(Expression operand) implements Expression {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /// IS NULL, IS TRUE and their kin: never NULL.
    record Is(Expression operand, Test test) implements Expression {
        /// What is asked.
        public enum Test {
            NULL,
            NOT_NULL,
            TRUE,
            NOT_TRUE,
            FALSE,
            NOT_FALSE
        }

        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /// The result of the first branch whose condition is true, else `otherwise`; all results are of the case's type.
    record Case(List<Branch> branches, Expression otherwise, Type type) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        /// WHEN condition THEN result.
        public record Branch(Expression condition, Expression result) {}
    }

    /// The first operand that is not NULL; all are of its type.
    record Coalesce(List<Expression> operands, Type type) implements Expression {
        public Coalesce {
            operands = List.copyOf(operands);
        }
    }
}
