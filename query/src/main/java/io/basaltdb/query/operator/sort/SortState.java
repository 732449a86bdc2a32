package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.Sink;

/// A sink whose rows are read in order once it is finished.
sealed interface SortState extends Sink permits SortSink, TopNSink {
    SortedRows sorted();

    @Override
    void close();
}
