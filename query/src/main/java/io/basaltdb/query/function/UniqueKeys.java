package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;

/// Whether the keys of maps are what keys must be: not NULL, and none twice. For one thread.
public final class UniqueKeys {
    private static final int FEW = 16;

    private final ElementShape key;
    private final ElementShape value;
    private final ElementRuns runs = new ElementRuns();

    public UniqueKeys(Type.Map map) {
        key = ElementShape.of(map.key());
        value = ElementShape.of(map.value());
    }

    /// Whether the map whose first key is at that place has only such keys.
    public boolean areIn(byte[] heap, int start) {
        runs.clear();
        for (int at = start; ElementShape.isElement(heap, at); ) {
            if (ElementShape.isNull(heap, at)) {
                return false;
            }
            int behind = key.skip(heap, at);
            runs.add(at, behind);
            at = value.skip(heap, behind);
        }
        return runs.count() <= FEW ? differ(heap) : differSorted(heap);
    }

    private boolean differ(byte[] heap) {
        for (int i = 1; i < runs.count(); i++) {
            for (int j = 0; j < i; j++) {
                if (runs.areEqual(heap, i, j)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean differSorted(byte[] heap) {
        runs.sort(heap, false, false);
        for (int i = 1; i < runs.count(); i++) {
            if (runs.areEqual(heap, i - 1, i)) {
                return false;
            }
        }
        return true;
    }
}
