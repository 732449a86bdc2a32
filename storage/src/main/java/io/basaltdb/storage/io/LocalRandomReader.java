package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/// Reads a file of a [LocalDisk] by copying out of a mapping that lives until [#close]; the channel is closed at once.
final class LocalRandomReader implements RandomReader {
    private final String path;
    private final Arena arena;
    private final MemorySegment bytes;

    private LocalRandomReader(String path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
    }

    @SuppressWarnings("MustBeClosedChecker") // the reader owns the arena and closes it
    static LocalRandomReader map(String path, FileChannel channel) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            return new LocalRandomReader(path, arena, bytes);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (position < 0 || length < 0 || position > bytes.byteSize() - length) {
            throw DiskPath.endsEarly(path, position, length, bytes.byteSize());
        }
        try {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, target, offset, length);
        } catch (IllegalStateException e) {
            throw DiskPath.closed(path);
        } catch (InternalError e) {
            // The file shrank under the mapping, or the device failed: the machine reports both as
            // a fault.
            throw new BasaltException(
                    ErrorCode.IO_ERROR,
                    "file "
                            + path
                            + ": cannot read "
                            + length
                            + " bytes at byte "
                            + position
                            + ": the device failed or the file was cut while it was open",
                    e);
        }
    }

    @Override
    public long sizeBytes() {
        return bytes.byteSize();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
