package io.basaltdb.query.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// INSERT: every row reaches an appender, every appender is closed.
class InsertTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", Type.BIGINT, false), new Field("name", Type.TEXT, true));

    private final List<List<Value>> written = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private boolean fails;

    private final class TestAppender implements Appender {
        private long rows;

        @Override
        public Batch append(Batch batch) {
            if (fails && rows > 0) {
                throw new BasaltException(ErrorCode.DISK_FULL, "the disk is full");
            }
            TestEngine.addRows(batch, written);
            rows += batch.rowCount();
            return batch;
        }

        @Override
        public long rowCount() {
            return rows;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private Transaction transaction() {
        return (Transaction)
                Proxy.newProxyInstance(
                        InsertTest.class.getClassLoader(),
                        new Class<?>[] {Transaction.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("checkKeys")) {
                                return null;
                            }
                            if (!method.getName().equals("appender")) {
                                throw new AssertionError(method.getName());
                            }
                            assertEquals(1, arguments[0]);
                            open.incrementAndGet();
                            return new TestAppender();
                        });
    }

    @Test
    void appendsEveryRowAndCountsThem() {
        List<List<Value>> rows = new RandomRows(1).rows(SCHEMA, 20_000, 1_000, 0.1);
        try (TestEngine engine = new TestEngine(2)) {
            engine.transaction = transaction();
            engine.relations.put(
                    "t",
                    new MemoryRelation(
                            SCHEMA, new RandomRows(2).splits(SCHEMA, rows, RandomRows.Form.MIXED)));
            PlanNode plan =
                    new PlanNode.Insert(
                            TestEngine.name("target"),
                            engine.scan("t"),
                            Schema.of(new Field("count", Type.BIGINT, false)));
            assertEquals(List.of(List.of(Value.of(20_000L))), engine.rows(plan));
            assertEquals(0, open.get());
            Comparator<List<Value>> order =
                    Comparator.<List<Value>>comparingInt(List::hashCode)
                            .thenComparing(Object::toString);
            rows.sort(order);
            written.sort(order);
            assertEquals(rows, written);

            fails = true;
            BasaltException failure = assertThrows(BasaltException.class, () -> engine.rows(plan));
            assertEquals(ErrorCode.DISK_FULL, failure.code());
            assertEquals(0, open.get());
            assertEquals(0, engine.memory.usedBytes());
        }
    }
}
