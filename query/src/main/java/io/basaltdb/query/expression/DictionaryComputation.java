package io.basaltdb.query.expression;

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
/// The table of answers has the dictionary's size, so it is begun only after half as many rows have been seen; it is kept for one dictionary at a time.
final class DictionaryComputation extends Computation {
    private static final int MAX_ENTRIES = 1 << 20;

    private final Expression expression;
    private final int column;
    private final Computation direct;
    private final EvaluationContext context;
    private @Nullable Dictionary dictionary;
    private @Nullable CodeAnswers answers;
    private boolean isGivenUp;
    private long rowsSeen;

    DictionaryComputation(
            Expression expression, int column, Computation direct, EvaluationContext context) {
        super(expression.type());
        this.expression = expression;
        this.column = column;
        this.direct = direct;
        this.context = context;
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        if (!(batch.column(column) instanceof DictionaryVector coded)) {
            return direct.compute(batch, live);
        }
        if (coded.dictionary() != dictionary) {
            dictionary = coded.dictionary();
            answers = null;
            isGivenUp = coded.dictionary().size() > MAX_ENTRIES;
            rowsSeen = 0;
        }
        rowsSeen += live == null ? batch.size() : live.count();
        if (isGivenUp || (answers == null && rowsSeen * 2 < coded.dictionary().size())) {
            return direct.compute(batch, live);
        }
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
