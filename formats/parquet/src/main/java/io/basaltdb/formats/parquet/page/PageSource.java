package io.basaltdb.formats.parquet.page;

import dev.hardwood.metadata.CompressionCodec;
import io.basaltdb.storage.io.RandomReader;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The pages of a chunk, one after the other. For one thread.
final class PageSource implements AutoCloseable {
    /// Bytes that a header has as a rule, and at most: bounds of long texts may stand in it.
    private static final int HEADER_BYTES = 1 << 10;

    private static final int MAX_HEADER_BYTES = 1 << 26;
    private static final int GROWTH = 8;
    private static final byte[] NONE = {};

    private final ChunkInput input;
    private final PageBuffers buffers;
    private final boolean isRequired;
    private final @Nullable Unpacker unpacker;
    private final CompactReader compact = new CompactReader();
    private final CRC32 checksum = new CRC32();
    private final RunReader levels = new RunReader();

    /// Of the page that is read.
    private byte[] unpacked = NONE;

    private byte[] dictionary = NONE;
    private @Nullable PageHeader header;

    PageSource(RandomReader file, PageBuffers buffers, ChunkPlace chunk) {
        this.buffers = buffers;
        this.isRequired = chunk.isRequired();
        this.input = new ChunkInput(file, buffers, chunk.position(), chunk.sizeBytes());
        this.unpacker =
                chunk.codec() == CompressionCodec.UNCOMPRESSED ? null : Unpacker.of(chunk.codec());
    }

    long bytesRead() {
        return input.bytesRead();
    }

    /// Goes to the next page; null at the end of the chunk. The page must be read or passed then. What [#readValues] gave is gone.
    @Nullable PageHeader next() {
        header = input.isAtEnd() ? null : readHeader();
        return header;
    }

    private PageHeader readHeader() {
        int wanted = HEADER_BYTES;
        while (true) {
            int there = input.require(wanted);
            compact.begin(input.bytes(), input.at(), input.at() + there);
            try {
                PageHeader read = PageHeader.read(compact);
                input.skip(compact.at() - input.at());
                return read;
            } catch (CompactReader.EndedException e) {
                if (there < wanted || wanted >= MAX_HEADER_BYTES) {
                    throw new DamagedPageException("a page header does not end", e);
                }
                wanted = Math.max(there, wanted) * GROWTH;
            }
        }
    }

    void pass() {
        input.skip(current().packedBytes());
    }

    private PageHeader current() {
        PageHeader current = header;
        assert current != null;
        return current;
    }

    /// The dictionary that the page is; its bytes stay as they are until the source is closed.
    Page readDictionary() {
        PageHeader current = current();
        load(current);
        int at = input.at();
        int size = current.plainBytes();
        if (dictionary.length > 0) {
            throw new DamagedPageException("there are two dictionaries");
        }
        check(at, current.packedBytes(), size);
        dictionary = buffers.take(size);
        unpack(at, current.packedBytes(), dictionary, size);
        input.skip(current.packedBytes());
        return new Page(dictionary, 0, size, current.valueCount(), current.encoding());
    }

    /// The values of the page; [#levels] stand at their levels, where the column has any.
    Page readValues() {
        PageHeader current = current();
        load(current);
        Page page =
                current.kind() == PageHeader.Kind.DATA_2 ? version2(current) : version1(current);
        input.skip(current.packedBytes());
        return page;
    }

    RunReader levels() {
        return levels;
    }

    /// Lets all bytes of the page stand in the input.
    private void load(PageHeader current) {
        int size = current.packedBytes();
        if (input.require(size) < size) {
            throw new DamagedPageException("the file ends within a page of " + size + " bytes");
        }
        if (current.hasChecksum()) {
            checksum.reset();
            checksum.update(input.bytes(), input.at(), size);
            if ((int) checksum.getValue() != current.checksum()) {
                throw new DamagedPageException("the checksum of a page is not that of its bytes");
            }
        }
    }

    private Page version1(PageHeader current) {
        int size = current.plainBytes();
        byte[] bytes;
        int at;
        if (unpacker == null) {
            checkPlain(current.packedBytes(), size);
            bytes = input.bytes();
            at = input.at();
        } else {
            bytes = unpacked(input.at(), current.packedBytes(), size);
            at = 0;
        }
        int end = at + size;
        if (!isRequired && current.valueCount() > 0) {
            if (current.levelEncoding() != PageEncoding.RLE) {
                throw new UnreadPageException("levels of an early writer");
            }
            int from = at + Integer.BYTES;
            at = Levels.end(bytes, from, end);
            levels.begin(bytes, from, at, 1);
        }
        return new Page(bytes, at, end, current.valueCount(), current.encoding());
    }

    private Page version2(PageHeader current) {
        int from = input.at() + current.repetitionBytes();
        int at = from + current.definitionBytes();
        if (!isRequired) {
            levels.begin(input.bytes(), from, at, 1);
        }
        int levelBytes = at - input.at();
        int packed = current.packedBytes() - levelBytes;
        int size = current.plainBytes() - levelBytes;
        if (unpacker == null || !current.isPacked()) {
            checkPlain(packed, size);
            return new Page(input.bytes(), at, at + size, current.valueCount(), current.encoding());
        }
        byte[] bytes = size == 0 ? new byte[PageBuffers.SLACK] : unpacked(at, packed, size);
        return new Page(bytes, 0, size, current.valueCount(), current.encoding());
    }

    private byte[] unpacked(int at, int packed, int size) {
        check(at, packed, size);
        if (unpacked.length < size + PageBuffers.SLACK) {
            release(unpacked);
            unpacked = NONE;
            unpacked = buffers.take(size);
        }
        unpack(at, packed, unpacked, size);
        return unpacked;
    }

    private void unpack(int at, int packed, byte[] target, int size) {
        if (unpacker == null) {
            System.arraycopy(input.bytes(), at, target, 0, size);
        } else {
            unpacker.unpack(input.bytes(), at, packed, target, size);
        }
    }

    private void check(int at, int packed, int size) {
        if (unpacker != null) {
            unpacker.check(input.bytes(), at, packed, size);
        } else {
            checkPlain(packed, size);
        }
    }

    private static void checkPlain(int packed, int size) {
        if (packed != size) {
            throw new DamagedPageException(
                    "a page that is not packed has " + packed + " bytes instead of " + size);
        }
    }

    private void release(byte[] array) {
        if (array.length > 0) {
            buffers.give(array);
        }
    }

    @Override
    public void close() {
        if (unpacker != null) {
            unpacker.close();
        }
        release(unpacked);
        release(dictionary);
        unpacked = NONE;
        dictionary = NONE;
        input.close();
    }
}
