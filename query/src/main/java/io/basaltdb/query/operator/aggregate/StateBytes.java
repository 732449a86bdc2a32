package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Vector;

/// States as values of VARBINARY.
final class StateBytes {
    private StateBytes() {}

    static Vector vector(byte[][] states) {
        int total = 0;
        for (byte[] state : states) {
            total = Math.addExact(total, state.length);
        }
        byte[] heap = new byte[total];
        int[] start = new int[states.length];
        int[] length = new int[states.length];
        int at = 0;
        for (int i = 0; i < states.length; i++) {
            System.arraycopy(states[i], 0, heap, at, states[i].length);
            start[i] = at;
            length[i] = states[i].length;
            at += states[i].length;
        }
        return new BytesVector(Type.VARBINARY, states.length, heap, start, length, null);
    }
}
