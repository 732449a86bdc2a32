/// Columns in memory: heap arrays with validity, selection, dictionary and constant forms.
///
/// Doors: [Vector] (sealed), [Batch], [Selection], [Validity], [Dictionary], [Vocabulary]. Everyone may use them.
///
/// A vector is a cheap record that names arrays; the arrays are the data. **A batch is lent**: it is unchanged until the call that
/// received it returns (or, for what an operator produced, until that operator is asked again), then its owner may overwrite
/// the arrays. Who keeps rows copies them. [Dictionary] objects are immutable and may be kept.
///
/// Every vector starts at index 0 of its arrays and has at least [Vector#size()] lanes; arrays may be longer. A lane that is null or
/// not selected may hold anything, except that a dictionary code is always a valid code and a string's start and length always lie
/// inside its heap. A granule, and so a batch from a scan, has at most [Batch#MAX_ROWS] rows.
@NullMarked
package io.basaltdb.storage.vector;

import org.jspecify.annotations.NullMarked;
