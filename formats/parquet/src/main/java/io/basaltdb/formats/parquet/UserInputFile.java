package io.basaltdb.formats.parquet;

import dev.hardwood.InputFile;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.io.UserFiles;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/// A user's file as the Parquet library wants it: bytes are copied, never mapped.
final class UserInputFile implements InputFile {
    private final RandomReader reader;
    private final AtomicLong bytesRead = new AtomicLong();

    UserInputFile(UserFiles files, String path) {
        this.reader = files.open(path);
    }

    long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public void open() {}

    @Override
    public ByteBuffer readRange(long offset, int length) {
        if (offset < 0 || length < 0 || offset + length > reader.sizeBytes()) {
            throw new IndexOutOfBoundsException(
                    "bytes " + offset + " to " + (offset + length) + " of " + reader.sizeBytes());
        }
        byte[] bytes = new byte[length];
        reader.read(offset, bytes, 0, length);
        bytesRead.addAndGet(length);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public long length() {
        return reader.sizeBytes();
    }

    @Override
    public String name() {
        return reader.path();
    }

    @Override
    public void close() {
        reader.close();
    }
}
