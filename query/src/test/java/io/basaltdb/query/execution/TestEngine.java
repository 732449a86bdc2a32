package io.basaltdb.query.execution;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A worker pool and some relations: all that a plan needs to run.
final class TestEngine implements AutoCloseable {
    static final Clock CLOCK =
            new Clock() {
                @Override
                public long wallMicros() {
                    return 0;
                }

                @Override
                public long monotonicNanos() {
                    return System.nanoTime();
                }
            };

    final WorkerPool pool;
    final MemoryBudget memory = MemoryBudget.root("the test", "test_limit", 1L << 30);
    final Map<String, Relation> relations = new HashMap<>();
    @Nullable Transaction transaction;
    long queryLimit = Long.MAX_VALUE;
    long timeoutNanos = QueryContext.NO_DEADLINE;

    TestEngine(int workers) {
        pool =
                new WorkerPool(
                        workers,
                        task -> Thread.ofPlatform().daemon().name("test worker").unstarted(task),
                        CLOCK);
    }

    QueryContext query() {
        return new QueryContext(
                1,
                1,
                new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "tester", "main"),
                name -> relations.get(((RelationName.Table) name).name()),
                transaction,
                memory.child("this query", "query_memory_limit", queryLimit),
                CLOCK,
                timeoutNanos == QueryContext.NO_DEADLINE
                        ? QueryContext.NO_DEADLINE
                        : System.nanoTime() + timeoutNanos);
    }

    QueryExecution start(PlanNode plan) {
        return QueryExecution.start(plan, query(), pool);
    }

    /// All rows of the plan's result.
    List<List<Value>> rows(PlanNode plan) {
        List<List<Value>> rows = new ArrayList<>();
        try (QueryExecution execution = start(plan)) {
            Batch batch;
            while ((batch = execution.next()) != null) {
                addRows(batch, rows);
            }
        }
        return rows;
    }

    static void addRows(Batch batch, List<List<Value>> rows) {
        for (int i = 0; i < batch.rowCount(); i++) {
            int lane = batch.selection() == null ? i : batch.selection().rows()[i];
            rows.add(
                    batch.columns().stream()
                            .map(column -> MemoryRelation.value(column, lane))
                            .toList());
        }
    }

    static RelationName.Table name(String name) {
        return new RelationName.Table(1, "main", name);
    }

    /// A scan of all columns.
    PlanNode.Scan scan(String name) {
        return scan(name, -1);
    }

    PlanNode.Scan scan(String name, double estimatedRows) {
        Schema schema = relations.get(name).schema();
        return new PlanNode.Scan(
                name(name),
                schema,
                IntStream.range(0, schema.size()).boxed().toList(),
                List.of(),
                null,
                List.of(),
                schema,
                estimatedRows);
    }

    static Schema pick(Schema schema, List<Integer> columns) {
        List<Field> fields = columns.stream().map(schema::field).toList();
        return new Schema(fields);
    }

    @Override
    public void close() {
        pool.close();
    }
}
