package io.basaltdb.storage.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table states by table id. Immutable; a change copies one block of 64 and the list of blocks, however many tables there are.
final class TableMap {
    private static final int BLOCK_BITS = 6;
    private static final int BLOCK = 1 << BLOCK_BITS;

    static final TableMap EMPTY = new TableMap(new TableState[0][]);

    private final @Nullable TableState[] @Nullable [] blocks;

    private TableMap(@Nullable TableState[] @Nullable [] blocks) {
        this.blocks = blocks;
    }

    @Nullable TableState get(int tableId) {
        int block = tableId >> BLOCK_BITS;
        if (tableId < 0 || block >= blocks.length) {
            return null;
        }
        @Nullable TableState[] states = blocks[block];
        return states == null ? null : states[tableId & (BLOCK - 1)];
    }

    TableMap with(int tableId, @Nullable TableState state) {
        int block = tableId >> BLOCK_BITS;
        @Nullable TableState[] @Nullable [] changed =
                Arrays.copyOf(blocks, Math.max(blocks.length, block + 1));
        @Nullable TableState[] states = changed[block];
        states = states == null ? new TableState[BLOCK] : states.clone();
        states[tableId & (BLOCK - 1)] = state;
        changed[block] = states;
        return new TableMap(changed);
    }

    List<TableState> all() {
        List<TableState> all = new ArrayList<>();
        for (@Nullable TableState[] states : blocks) {
            if (states != null) {
                for (TableState state : states) {
                    if (state != null) {
                        all.add(state);
                    }
                }
            }
        }
        return all;
    }
}
