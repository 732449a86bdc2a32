package io.basaltdb.query.execution;

import io.basaltdb.query.operator.OperatorCounters;
import io.basaltdb.storage.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/// What is counted for one node of the plan over all its operators and lanes. Safe for use by many threads.
final class OperatorProfile {
    private final String name;
    private final double estimatedRows;
    private final MemoryBudget memory;
    private final List<OperatorProfile> inputs = new ArrayList<>();

    // Guards the fields below.
    private final Object lock = new Object();
    private final OperatorCounters total = new OperatorCounters();
    private final List<String> remarks = new ArrayList<>();
    private long rowsToRead;
    private boolean reads;

    OperatorProfile(String name, double estimatedRows, MemoryBudget memory) {
        this.name = name;
        this.estimatedRows = estimatedRows;
        this.memory = memory;
    }

    String name() {
        return name;
    }

    double estimatedRows() {
        return estimatedRows;
    }

    /// A budget without a limit of its own under the query's: its peak is the operator's.
    MemoryBudget memory() {
        return memory;
    }

    List<OperatorProfile> inputs() {
        return inputs;
    }

    void addInput(OperatorProfile input) {
        inputs.add(input);
    }

    /// Moves a lane's counts here.
    void add(OperatorCounters counters) {
        synchronized (lock) {
            total.take(counters);
        }
    }

    /// A copy of the counts so far.
    OperatorCounters total() {
        synchronized (lock) {
            OperatorCounters rest = new OperatorCounters();
            OperatorCounters copy = new OperatorCounters();
            rest.take(total);
            copy.nanos = rest.nanos;
            copy.rowsIn = rest.rowsIn;
            copy.rowsOut = rest.rowsOut;
            copy.batchesOut = rest.batchesOut;
            copy.bytesRead = rest.bytesRead;
            copy.granulesRead = rest.granulesRead;
            copy.granulesSkipped = rest.granulesSkipped;
            total.take(rest);
            return copy;
        }
    }

    /// Something that only this execution knows: `granules 12 of 4000`.
    void remark(String text) {
        synchronized (lock) {
            remarks.add(text);
        }
    }

    List<String> remarks() {
        synchronized (lock) {
            return List.copyOf(remarks);
        }
    }

    /// Says that this is a scan, and how many rows there are to read.
    void readsRows(long rowCount) {
        synchronized (lock) {
            reads = true;
            rowsToRead += rowCount;
        }
    }

    boolean reads() {
        synchronized (lock) {
            return reads;
        }
    }

    long rowsToRead() {
        synchronized (lock) {
            return rowsToRead;
        }
    }
}
