package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import org.jspecify.annotations.Nullable;

/// Groups again what was grouped under keys of other forms: by value, or under the codes of one vocabulary. For one task.
final class Regrouping {
    private final AggregateShape shape;
    private final KeyForms forms;
    private final KeyLayout layout;
    private final KeptDictionaries dictionaries;
    private final MemoryBudget memory;
    private final FlatColumn[] columns;
    private final KeyBlock keys;

    /// What the codes of each column's texts are called in the vocabulary they go to; null where they do not.
    private final int @Nullable [][] renamed;

    Regrouping(
            AggregateShape shape,
            KeyForms forms,
            KeptDictionaries dictionaries,
            MemoryBudget memory) {
        this.shape = shape;
        this.forms = forms;
        this.layout = shape.layout(forms);
        this.dictionaries = dictionaries;
        this.memory = memory;
        this.columns = shape.newKeyColumns();
        this.keys = new KeyBlock(layout);
        this.renamed = new int[columns.length][];
    }

    /// The same groups in one table; null where some key cannot have the forms.
    @Nullable LaneGroups of(LaneGroups groups, OperatorContext context) {
        KeyLayout before = shape.layout(groups.forms());
        for (int i = 0; i < renamed.length; i++) {
            Vocabulary from = before.vocabulary(i);
            Vocabulary to = layout.vocabulary(i);
            renamed[i] = from != null && to != null && to.has(from) ? to.codes(from) : null;
        }
        GroupTable all = GroupTable.forRows(shape, layout, dictionaries, memory);
        boolean whole = false;
        try {
            whole = addAll(groups, all, context);
        } finally {
            if (!whole) {
                all.close();
            }
        }
        return whole ? new LaneGroups(forms, all, null) : null;
    }

    private boolean addAll(LaneGroups groups, GroupTable all, OperatorContext context) {
        boolean whole = add(groups.first(), all, context);
        Partition[] partitions = groups.partitions();
        if (partitions == null) {
            return whole;
        }
        RowBlock block = new RowBlock(shape);
        KeyBlock blockKeys = new KeyBlock(shape.layout(groups.forms()));
        for (int p = 0; whole && p < partitions.length; p++) {
            partitions[p].drain(block, blockKeys, context);
            whole = add(partitions[p].groups(), all, context);
        }
        return whole;
    }

    private boolean add(GroupTable from, GroupTable all, OperatorContext context) {
        from.prepareMerge();
        int[] groups = new int[Batch.MAX_ROWS];
        for (int first = 0; first < from.count(); first += Batch.MAX_ROWS) {
            int numbers = Math.min(Batch.MAX_ROWS, from.count() - first);
            Selection present = from.present(first, numbers);
            int count = from.presentFrom(first, numbers, groups);
            for (int i = 0; i < columns.length; i++) {
                if (!set(i, from.keys(), first, numbers, present, count)) {
                    return false;
                }
            }
            keys.encode(columns, count);
            all.merge(from, groups, count, keys, context);
        }
        return true;
    }

    private boolean set(
            int key,
            KeyTable from,
            int first,
            int numbers,
            @Nullable Selection present,
            int count) {
        int[] names = renamed[key];
        if (names != null) {
            LongVector codes = from.codes(key, first, numbers);
            columns[key].setCodes(
                    ints(codes), names, codes, present == null ? null : present.rows(), count);
            return true;
        }
        Vector values = from.column(key, first, numbers, present);
        Vocabulary vocabulary = layout.vocabulary(key);
        if (vocabulary != null) {
            return columns[key].setCodes(values, present, count, vocabulary);
        }
        columns[key].set(values, present, count);
        return !forms.isNarrow(key) || KeyForms.isNarrow(columns[key].longs, count);
    }

    private static int[] ints(LongVector codes) {
        int[] ints = new int[codes.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) codes.values()[i];
        }
        return ints;
    }
}
