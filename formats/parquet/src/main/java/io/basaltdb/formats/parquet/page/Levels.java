package io.basaltdb.formats.parquet.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Runs that say in four bytes before them how many bytes they are, as the levels of pages of version 1 do.
final class Levels {
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Levels() {}

    /// @param from where the runs begin, behind the four bytes
    /// @return where they end
    static int end(byte[] bytes, int from, int end) {
        int size = from > end ? -1 : (int) INTS.get(bytes, from - Integer.BYTES);
        if (size < 0 || size > end - from) {
            throw new DamagedPageException("the levels or runs of a page reach beyond it");
        }
        return from + size;
    }
}
