package io.basaltdb.benchmarks.answer;

import java.util.List;

/// What a query determines about its answer.
///
/// @param orderedBy names by which the rows are ordered, up to the first that is no result column; empty when they are not
/// @param limited whether a LIMIT or OFFSET chose some of the rows
public record QueryShape(List<String> orderedBy, boolean limited) {
    public QueryShape {
        orderedBy = List.copyOf(orderedBy);
    }

    /// The positions of the ordering columns in an answer.
    int[] orderColumns(Answer answer) {
        return orderedBy.stream().takeWhile(answer::has).mapToInt(answer::column).toArray();
    }
}
