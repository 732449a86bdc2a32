/// Order: the full sort and the top-N.
///
/// Doors: [SortSink] with [SortedSource], [TopNSink], put together by the pipeline builder; [KeyWords] and [RowSorter], with which windows sort too.
///
/// A key becomes unsigned words of 64 bits that compare as the key does (direction and place of NULLs included): one word for everything but TEXT and wide
/// numbers, which continue in further words. Rows are sorted by their first word (radix sort of words with row numbers); runs of equal words are sorted by the next
/// word. Each lane sorts its own rows; the source merges the lanes' orders while it gives them.
///
/// A top-N tells the scan below it, as soon as it has seen enough rows, the first key of the last row that can still matter ([TopNBound]): then granules are left
/// out by their zone maps, and further columns are read for few rows.
@NullMarked
package io.basaltdb.query.operator.sort;

import org.jspecify.annotations.NullMarked;
