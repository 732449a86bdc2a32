package io.basaltdb.query.plan;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operator of a query. A closed set; execution, printer and check switch over it without a default.
public sealed interface PlanNode {
    /// The columns that it gives.
    Schema output();

    /// Estimated rows, for EXPLAIN and choices at run time; negative where unknown.
    double estimatedRows();

    List<PlanNode> inputs();

    /// Reads columns of a relation: rows that pass every one of `ranges` and `filter`.
    ///
    /// @param source all columns of the relation
    /// @param columns positions in the relation of the output columns
    /// @param ranges predicates on single columns, by position in the relation; used to prune and to select, never repeated in `filter`
    /// @param filter further predicate over the output columns and the columns of `filterColumns` behind them
    /// @param filterColumns positions in the relation of columns that only `filter` needs
    record Scan(
            RelationName relation,
            Schema source,
            List<Integer> columns,
            List<ColumnRanges> ranges,
            @Nullable Expression filter,
            List<Integer> filterColumns,
            Schema output,
            double estimatedRows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// Rows where the predicate is true.
    record Filter(PlanNode input, Expression predicate, double estimatedRows) implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    record Project(PlanNode input, List<Expression> expressions, Schema output)
            implements PlanNode {
        @Override
        public double estimatedRows() {
            return input.estimatedRows();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Groups by input columns (none: one group, also without rows) and gives the group columns, then the calls.
    record Aggregate(
            PlanNode input,
            List<Integer> groupColumns,
            List<AggregateCall> calls,
            Schema output,
            double estimatedRows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// The input's columns, and behind them one per call, computed over the rows with the same values in `partitionColumns` in that order. Rows that
    /// the order does not tell apart stand in the order of their other columns where a call depends on it, so that only equal rows may change places.
    /// Gives the rows of a partition one after the other in their order; the partitions come in any order.
    record Window(
            PlanNode input,
            List<Integer> partitionColumns,
            List<SortKey> order,
            List<WindowCall> calls,
            Schema output)
            implements PlanNode {
        @Override
        public double estimatedRows() {
            return input.estimatedRows();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Matches rows by equal keys: the right side is built, the left side probes. NULL keys match nothing.
    ///
    /// @param leftKeys columns of the left input; key types of both sides are the same
    /// @param residual a further condition over left columns followed by right columns; part of "has a match"
    record HashJoin(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            @Nullable Expression residual,
            Schema output,
            double estimatedRows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /// Every pair of rows, kept where the condition (null: always) over left columns followed by right columns is true. The right side is held.
    record NestedLoopJoin(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            @Nullable Expression condition,
            Schema output,
            double estimatedRows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    record Sort(PlanNode input, List<SortKey> keys) implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public double estimatedRows() {
            return input.estimatedRows();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// The rows `offset` … `offset + limit` − 1 in that order. Either bound may be a parameter.
    record TopN(PlanNode input, List<SortKey> keys, Expression limit, Expression offset)
            implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public double estimatedRows() {
            return Math.min(input.estimatedRows(), 100);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Some `limit` rows after some `offset` rows (of the input's order where it has one); a null limit is none.
    record Limit(PlanNode input, @Nullable Expression limit, Expression offset)
            implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public double estimatedRows() {
            return input.estimatedRows();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Each row as often as its BIGINT column at this place says; not at all where that is less than one.
    record Repeat(PlanNode input, int countColumn, double estimatedRows) implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Each row once for each element of its lists, the shorter lists filled up with NULLs: the input's columns, then those of the elements, and last
    /// the number of the element if it is wanted.
    ///
    /// @param lists columns of arrays or maps
    /// @param keepsEmpty whether a row without elements is given once, with NULLs
    record Unnest(
            PlanNode input,
            List<Integer> lists,
            boolean numbered,
            boolean keepsEmpty,
            Schema output,
            double estimatedRows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// The rows of all inputs, whose columns have the same types.
    record UnionAll(List<PlanNode> inputs, Schema output) implements PlanNode {
        @Override
        public double estimatedRows() {
            return inputs.stream().mapToDouble(PlanNode::estimatedRows).sum();
        }
    }

    /// The rows of `seed`, then those of `step` over the rows that the step before gave, until a step gives none.
    ///
    /// @param table the number by which a [WorkingTable] below `step` names those rows
    /// @param distinct whether a row counts only the first time it comes
    record Recursion(PlanNode seed, PlanNode step, int table, boolean distinct, Schema output)
            implements PlanNode {
        /// Nobody knows how many steps there will be.
        private static final int GUESSED_STEPS = 10;

        @Override
        public double estimatedRows() {
            return seed.estimatedRows() * GUESSED_STEPS;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(seed, step);
        }
    }

    /// The rows that the last step of the [Recursion] with that number gave.
    record WorkingTable(int table, Schema output, double estimatedRows) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// The input's rows, computed once and kept for every place of the plan where this node stands.
    ///
    /// @param number one for each sub-plan that is shared; nodes with the same number are equal
    record Shared(int number, PlanNode input) implements PlanNode {
        @Override
        public Schema output() {
            return input.output();
        }

        @Override
        public double estimatedRows() {
            return input.estimatedRows();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Rows that stand in the statement.
    record Values(List<List<Value>> rows, Schema output) implements PlanNode {
        @Override
        public double estimatedRows() {
            return rows.size();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// Rows that stand in the statement as expressions without columns (parameters, functions).
    record Rows(List<List<Expression>> rows, Schema output) implements PlanNode {
        @Override
        public double estimatedRows() {
            return rows.size();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// Appends the input, whose columns are those of the table in order and type. Gives one BIGINT row, the number of rows, or the rows that were
    /// written.
    ///
    /// @param rule for rows whose primary key is there already
    /// @param returnsRows whether the rows are given
    record Insert(
            RelationName.Table table,
            PlanNode input,
            KeyRule rule,
            boolean returnsRows,
            Schema output)
            implements PlanNode {
        /// Rows whose keys must be new, to be counted.
        public Insert(RelationName.Table table, PlanNode input, Schema output) {
            this(table, input, new KeyRule.Refuse(), false, output);
        }

        @Override
        public double estimatedRows() {
            return 1;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Replaces rows of the table: the input gives the address of each row that goes, then the columns of the row that comes in its place. Gives one
    /// BIGINT row, the number of rows, or the rows as they are now; a row that is named twice is an error.
    ///
    /// @param keepsKeys whether no column of the primary key gets a new value
    record Update(
            RelationName.Table table,
            PlanNode input,
            boolean keepsKeys,
            boolean returnsRows,
            Schema output)
            implements PlanNode {
        @Override
        public double estimatedRows() {
            return 1;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Deletes the rows of the table whose addresses the input gives, each once however often it is named, and gives one BIGINT row: the
    /// number of rows. Or gives the rows, where the input has their columns behind the addresses and names none twice.
    record Delete(RelationName.Table table, PlanNode input, boolean returnsRows, Schema output)
            implements PlanNode {
        @Override
        public double estimatedRows() {
            return 1;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }
}
