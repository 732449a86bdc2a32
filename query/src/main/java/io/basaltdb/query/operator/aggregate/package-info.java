/// Grouping and aggregate functions.
///
/// Doors: [AggregateSink], [AggregateSource], made by execution from an aggregate node of a plan; [FrameAggregate] and [GrowingAggregate], with which
/// windows aggregate.
///
/// **From rows to states.** A lane flattens the columns of a batch ([FlatColumn]), finds the group of each row, and lets every state take the rows: first the
/// states that are a few longs, which all lie in one row per group ([LongStates]), then those with a form of their own. Loops are written for plain arrays; nulls,
/// FILTER and DISTINCT are masks over the rows.
///
/// **Finding groups.** Without keys there is one. Keys that are numbered already (codes of dictionaries, booleans, small numbers) are looked up by number
/// ([CodeMemo]). Other keys are words, perhaps with texts ([KeyLayout]), in open-addressing tables ([KeyTable]).
///
/// **Forms.** While all rows have their texts from the same dictionaries, the codes are the keys, and numbers that fit take half a word ([KeyForms]). Rows of another
/// dictionary, or of none, are grouped apart, and put together with the others when all rows have come ([Regrouping]): where all texts have codes, under those of
/// one vocabulary ([io.basaltdb.storage.vector.Vocabulary]), else by value. The dictionaries remember their vocabulary, so that later queries group the rows of several
/// parts as they group those of one.
///
/// **Many groups.** A lane's table that leaves the cache takes no more keys. From then on rows with other keys are kept by partition of their hash and grouped
/// partition by partition, when they outweigh the partition's table or at the end, so that each table stays in cache while it is worked on. At
/// the end the partitions are put together one by one as they are read ([AggregateSource]), so that the groups of few of them are in memory at once.
///
/// **Ordered rows.** What follows from all values of a group in their order (joined texts, quantiles, modes, first and last) keeps the rows and orders them at the
/// end by the keys of the call and then by value; calls with the same order share them. Covariance and regression need sums of pairs only.
///
/// **States as values.** `approx_count_distinct_state` and `approx_quantile_state` give what their aggregates keep, as VARBINARY, for `…_merge` to go on with;
/// numbers are little-endian, and equal sets of values have equal bytes. *Distinct counts*: `D`, version 1, form; of form 0 the hashes in ascending
/// order as longs, at most 256; of form 1 one byte for each of 4,096 registers. *Quantiles*: `Q`, version 1, form, count as an int; of form 0 as many
/// doubles in ascending order, at most 256; of form 1 the least and the greatest value, then as many pairs of an interval (int, ascending) and how
/// many values lie in it (long). An interval is the upper 19 bits of the double, turned so that they compare as the values do.
///
/// **Exact answers.** Sums of whole numbers have 128 bits or more, sums of doubles are exact and rounded once; ties are broken by value. So the answer is the
/// same bit for bit whatever the order of rows, batches, lanes and merges.
@NullMarked
package io.basaltdb.query.operator.aggregate;

import org.jspecify.annotations.NullMarked;
