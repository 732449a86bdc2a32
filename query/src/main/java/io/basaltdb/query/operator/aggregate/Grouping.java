package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// How the rows of one aggregation are grouped, the same for all lanes: its shape, and what stands for the texts of its keys. Decided with the first batch: a column
/// whose texts come from a dictionary there is grouped by [TextNumbers]. Another one is grouped by its bytes, which then are as many as the rows.
final class Grouping implements AutoCloseable {
    private final AggregateShape shape;
    private final Type[] keyTypes;
    private final @Nullable TextNumbers[] numbers;
    private final Reservation dictionaryBytes;
    private final KeptDictionaries dictionaries;

    private Grouping(
            PlanNode.Aggregate node, @Nullable TextNumbers[] numbers, MemoryBudget memory) {
        boolean[] numbered = new boolean[numbers.length];
        keyTypes = new Type[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            numbered[i] = numbers[i] != null;
            keyTypes[i] = node.input().output().type(node.groupColumns().get(i));
        }
        this.shape = new AggregateShape(node, numbered);
        this.numbers = numbers;
        this.dictionaryBytes = memory.reserve("grouping");
        this.dictionaries = new KeptDictionaries(dictionaryBytes);
    }

    /// @param first batch; null where none came
    static Grouping of(PlanNode.Aggregate node, @Nullable Batch first, MemoryBudget memory) {
        @Nullable TextNumbers[] numbers = new @Nullable TextNumbers[node.groupColumns().size()];
        for (int i = 0; first != null && i < numbers.length; i++) {
            Dictionary dictionary = dictionary(first.column(node.groupColumns().get(i)));
            if (dictionary != null) {
                numbers[i] = TextNumbers.of(dictionary, memory.reserve("grouping"));
            }
        }
        return new Grouping(node, numbers, memory);
    }

    private static @Nullable Dictionary dictionary(Vector column) {
        return column instanceof DictionaryVector coded && coded.type().physical() == Physical.BYTES
                ? coded.dictionary()
                : null;
    }

    AggregateShape shape() {
        return shape;
    }

    KeptDictionaries dictionaries() {
        return dictionaries;
    }

    /// Takes the chosen lanes (null: all) of a key column.
    void setKey(
            int key,
            FlatColumn target,
            Vector column,
            @Nullable Selection selection,
            int count,
            OperatorContext context) {
        TextNumbers texts = numbers[key];
        if (texts == null) {
            target.set(column, selection, count);
        } else {
            target.setNumbers(texts, column, selection, count, context);
        }
    }

    /// A key column as it came, from what stands in the tables.
    Vector key(int key, Vector column) {
        TextNumbers texts = numbers[key];
        return texts == null ? column : texts.texts((LongVector) column, keyTypes[key]);
    }

    @Override
    public void close() {
        dictionaryBytes.close();
        for (TextNumbers texts : numbers) {
            if (texts != null) {
                texts.close();
            }
        }
    }
}
