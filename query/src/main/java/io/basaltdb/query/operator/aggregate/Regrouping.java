package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Groups again what was grouped under keys of other forms: by value, or under the codes of one vocabulary. For one task.
///
/// Keys that cannot have the forms, because a text is not in the vocabulary or a number is too large, are none of those that have them: they are left
/// over, grouped by value.
final class Regrouping {
    private final AggregateShape shape;
    private final KeyForms forms;
    private final KeyDestination whole;
    private final KeyDestination rest;
    private final KeptDictionaries dictionaries;
    private final MemoryBudget memory;

    /// What the codes of each column's texts are called in the vocabulary they go to; null where they do not.
    private final int[] @Nullable [] renamed;

    /// The codes of the texts that were found, by their place among the groups that are looked at.
    private final int[] @Nullable [] found;

    private final FlatColumn[] sought;
    private final boolean[] isLost = new boolean[Batch.MAX_ROWS];

    /// @param forms whose vocabularies are ordered
    Regrouping(
            AggregateShape shape,
            KeyForms forms,
            KeptDictionaries dictionaries,
            MemoryBudget memory) {
        this.shape = shape;
        this.forms = forms;
        this.dictionaries = dictionaries;
        this.memory = memory;
        this.whole = new KeyDestination(forms);
        this.rest = new KeyDestination(KeyForms.values(shape.keyColumns()));
        this.sought = shape.newKeyColumns();
        this.renamed = new int[sought.length][];
        this.found = new int[sought.length][];
    }

    /// Where groups go.
    private final class KeyDestination {
        private final KeyLayout layout;
        private final FlatColumn[] columns = shape.newKeyColumns();
        private final KeyBlock keys;
        private final int[] groups = new int[Batch.MAX_ROWS];
        private final int[] places = new int[Batch.MAX_ROWS];
        private int count;

        KeyDestination(KeyForms forms) {
            this.layout = shape.layout(forms);
            this.keys = new KeyBlock(layout);
        }

        void note(int group, int place) {
            groups[count] = group;
            places[count++] = place;
        }

        void merge(GroupTable from, GroupTable to, OperatorContext context) {
            keys.encode(columns, count);
            to.merge(from, groups, count, keys, context);
        }
    }

    /// The same groups.
    ///
    /// @param rest of keys that cannot have the forms, by value; null where there are none
    record Regrouped(LaneGroups groups, @Nullable GroupTable rest) {}

    Regrouped of(LaneGroups groups, OperatorContext context) {
        KeyLayout before = shape.layout(groups.forms());
        for (int i = 0; i < renamed.length; i++) {
            Vocabulary from = before.vocabulary(i);
            Vocabulary to = forms.vocabulary(i);
            renamed[i] = from != null && to != null && to.has(from) ? to.codes(from) : null;
        }
        GroupTable all = GroupTable.forRows(shape, whole.layout, dictionaries, memory);
        GroupTable left =
                new GroupTable(shape, rest.layout, dictionaries, memory.reserve("grouping"));
        boolean done = false;
        try {
            addAll(groups, all, left, context);
            done = true;
        } finally {
            if (!done) {
                all.close();
            }
            if (!done || left.count() == 0) {
                left.close();
            }
        }
        return new Regrouped(new LaneGroups(forms, all, null), left.count() == 0 ? null : left);
    }

    private void addAll(
            LaneGroups groups, GroupTable all, GroupTable left, OperatorContext context) {
        add(groups.first(), all, left, context);
        Partition[] partitions = groups.partitions();
        if (partitions == null) {
            return;
        }
        RowBlock block = new RowBlock(shape);
        KeyBlock blockKeys = new KeyBlock(shape.layout(groups.forms()));
        for (Partition partition : partitions) {
            partition.drain(block, blockKeys, context);
            add(partition.groups(), all, left, context);
        }
    }

    private void add(GroupTable from, GroupTable all, GroupTable left, OperatorContext context) {
        from.prepareMerge();
        int[] groups = new int[Batch.MAX_ROWS];
        for (int first = 0; first < from.count(); first += Batch.MAX_ROWS) {
            int numbers = Math.min(Batch.MAX_ROWS, from.count() - first);
            Selection present = from.present(first, numbers);
            int count = from.presentFrom(first, numbers, groups);
            find(from.keys(), first, numbers, present, count);
            whole.count = 0;
            rest.count = 0;
            for (int i = 0; i < count; i++) {
                (isLost[i] ? rest : whole).note(groups[i], groups[i] - first);
            }
            if (whole.count > 0) {
                setWhole(from.keys(), first, numbers);
                whole.merge(from, all, context);
            }
            if (rest.count > 0) {
                Selection lost = new Selection(rest.places, rest.count);
                for (int i = 0; i < sought.length; i++) {
                    rest.columns[i].set(
                            from.keys().column(i, first, numbers, lost), lost, rest.count);
                }
                rest.merge(from, left, context);
            }
        }
    }

    /// Finds out which of the groups' keys cannot have the forms.
    private void find(
            KeyTable from, int first, int numbers, @Nullable Selection present, int count) {
        Arrays.fill(isLost, 0, count, false);
        for (int key = 0; key < sought.length; key++) {
            Vocabulary vocabulary = forms.vocabulary(key);
            if (vocabulary != null && renamed[key] == null) {
                sought[key].set(from.column(key, first, numbers, present), present, count);
                findTexts(sought[key], vocabulary, key, present, count);
            } else if (vocabulary == null && forms.isNarrow(key)) {
                sought[key].set(from.column(key, first, numbers, present), present, count);
                findNarrow(sought[key], count);
            }
        }
    }

    private void findTexts(
            FlatColumn texts,
            Vocabulary vocabulary,
            int key,
            @Nullable Selection present,
            int count) {
        int @Nullable [] known = found[key];
        int[] codes = known == null ? new int[Batch.MAX_ROWS] : known;
        found[key] = codes;
        for (int i = 0; i < count; i++) {
            int code =
                    texts.isNull(i)
                            ? 0
                            : vocabulary.find(texts.heap, texts.start[i], texts.length[i]);
            codes[present == null ? i : present.rows()[i]] = code;
            isLost[i] |= code < 0;
        }
    }

    private void findNarrow(FlatColumn column, int count) {
        for (int i = 0; i < count; i++) {
            isLost[i] |= !column.isNull(i) && column.longs[i] != (int) column.longs[i];
        }
    }

    private void setWhole(KeyTable from, int first, int numbers) {
        Selection chosen = new Selection(whole.places, whole.count);
        for (int key = 0; key < sought.length; key++) {
            FlatColumn column = whole.columns[key];
            int @Nullable [] names = renamed[key];
            if (names != null) {
                LongVector codes = from.codes(key, first, numbers);
                column.setCodes(ints(codes), names, codes, whole.places, whole.count);
                continue;
            }
            Vector values = from.column(key, first, numbers, chosen);
            if (forms.vocabulary(key) == null) {
                column.set(values, chosen, whole.count);
            } else {
                column.setCodes(found[key], null, values, whole.places, whole.count);
            }
        }
    }

    private static int[] ints(LongVector codes) {
        int[] ints = new int[codes.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) codes.values()[i];
        }
        return ints;
    }
}
