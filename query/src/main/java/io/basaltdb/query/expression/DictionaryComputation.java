package io.basaltdb.query.expression;

import static java.util.Objects.requireNonNull;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression that reads one column only. Where that column is dictionary-coded, the expression is computed once for each code that some row holds, and rows
/// look their answer up. Since only codes of rows that count are computed, an error is raised exactly where a row would raise it.
///
/// The table of answers has the dictionary's size, so it is begun only after a part of as many rows has been seen; it is kept for one dictionary at a time. An
/// expression that cannot fail is computed for a large dictionary as a whole, by all lanes together ([DictionaryAnswers]).
final class DictionaryComputation extends Computation {
    private static final int MAX_ENTRIES = 1 << 20;

    /// From this size the lanes share one table.
    private static final int SHARED_ENTRIES = 1 << 14;

    /// Of so many entries a lane must have seen one row before it begins: what is asked for a few rows only costs more for all entries.
    private static final int ENTRIES_PER_ROW = 16;

    /// Runs of entries that a lane computes per batch until the shared table is complete: enough to be through soon, few enough to notice a cancellation.
    private static final int RUNS_PER_BATCH = 16;

    private final Expression expression;
    private final int column;
    private final Computation direct;
    private final EvaluationContext context;
    private final boolean mayShare;
    private @Nullable Dictionary dictionary;
    private @Nullable CodeAnswers answers;
    private DictionaryAnswers.@Nullable Learner learner;
    private DictionaryAnswers.@Nullable Reader reader;
    private boolean isGivenUp;
    private long rowsSeen;

    DictionaryComputation(
            Expression expression, int column, Computation direct, EvaluationContext context) {
        super(expression.type());
        this.expression = expression;
        this.column = column;
        this.direct = direct;
        this.context = context;
        this.mayShare =
                DictionaryAnswers.takes(expression.type()) && !Expressions.isFallible(expression);
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        if (!(batch.column(column) instanceof DictionaryVector coded)) {
            return direct.compute(batch, live);
        }
        Dictionary now = coded.dictionary();
        if (now != dictionary) {
            dictionary = now;
            answers = null;
            learner = null;
            reader = null;
            isGivenUp = false;
            rowsSeen = 0;
        }
        if (reader != null) {
            return reader.lookUp(coded);
        }
        rowsSeen += live == null ? batch.size() : live.count();
        if (mayShare && now.size() >= SHARED_ENTRIES) {
            return isGivenUp || rowsSeen * ENTRIES_PER_ROW < now.size() || !learn(now)
                    ? direct.compute(batch, live)
                    : requireNonNull(reader).lookUp(coded);
        }
        isGivenUp |= now.size() > MAX_ENTRIES;
        if (isGivenUp || (answers == null && rowsSeen * 2 < now.size())) {
            return direct.compute(batch, live);
        }
        return lookUp(coded, live);
    }

    /// Does this lane's share of the table; true when it is complete.
    private boolean learn(Dictionary now) {
        DictionaryAnswers table =
                context.shared()
                        .get(
                                new DictionaryAnswers.Key(expression, now),
                                () -> new DictionaryAnswers(now, type, column, context.shared()));
        if (table.isRefused()) {
            isGivenUp = true;
            return false;
        }
        DictionaryAnswers.Learner maker = learner;
        if (maker == null) {
            EvaluationBuilder builder = new EvaluationBuilder(List.of(expression), context);
            maker = table.new Learner(builder.buildDirect(expression), builder.clock());
            learner = maker;
        }
        for (int i = 0; i < RUNS_PER_BATCH && maker.learn(); i++) {}
        if (!table.isComplete()) {
            return false;
        }
        reader = table.new Reader();
        learner = null;
        return true;
    }

    private Vector lookUp(DictionaryVector coded, @Nullable Selection live) {
        CodeAnswers table = answers;
        if (table == null) {
            EvaluationBuilder builder = new EvaluationBuilder(List.of(expression), context);
            table =
                    new CodeAnswers(
                            coded.dictionary(),
                            type,
                            column,
                            builder.buildDirect(expression),
                            builder.clock());
            answers = table;
        }
        Vector result = table.lookUp(coded, live);
        if (table.isTooLarge()) {
            isGivenUp = true;
            answers = null;
        }
        return result;
    }
}
