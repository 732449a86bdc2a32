package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.BytesBlock;
import io.basaltdb.storage.encoding.DictionaryBlock;
import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.segment.SegmentName.Stretch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// The dictionary of a segment: as a whole, read once for all threads when somebody needs it, or block by block.
///
/// A large one is kept only as long as memory allows: it may be read again, as another [Dictionary] with equal codes.
final class SegmentDictionary {
    /// Up to this size a dictionary is always read as a whole, and kept.
    static final int SMALL_BYTES = 1 << 20;

    private final RandomReader file;
    private final SegmentReader segment;
    private final DictionaryMarks marks;
    private final boolean isSmall;

    /// Guarded by this object's monitor; under it the dictionary is read, so that it is read once.
    private SoftReference<Dictionary> large = new SoftReference<>(null);

    private volatile @Nullable Dictionary small;

    SegmentDictionary(RandomReader file, SegmentReader segment, DictionaryMarks marks) {
        this.file = file;
        this.segment = segment;
        this.marks = marks;
        this.isSmall = marks.totalBytes() <= SMALL_BYTES;
    }

    DictionaryMarks marks() {
        return marks;
    }

    int size() {
        return marks.size();
    }

    boolean isSmall() {
        return isSmall;
    }

    /// The whole dictionary where it was read already.
    @Nullable Dictionary known() {
        Dictionary kept = small;
        if (kept != null || isSmall) {
            return kept;
        }
        synchronized (this) {
            return large.get();
        }
    }

    /// The whole dictionary.
    Dictionary whole() {
        Dictionary kept = small;
        return kept != null ? kept : wholeOnce();
    }

    private synchronized Dictionary wholeOnce() {
        Dictionary kept = isSmall ? small : large.get();
        if (kept == null) {
            kept = read();
            if (isSmall) {
                small = kept;
            } else {
                large = new SoftReference<>(kept);
            }
        }
        return kept;
    }

    private Dictionary read() {
        int size = marks.size();
        byte[] heap = new byte[Math.toIntExact(marks.totalBytes())];
        int[] start = new int[size];
        int[] length = new int[size];
        Block block = new Block(new EncodingScratch());
        int at = 0;
        for (int b = 0; b < marks.blockCount(); b++) {
            block.read(b);
            int first = marks.firstCodes()[b];
            int count = marks.count(b);
            System.arraycopy(block.strings.heap, 0, heap, at, block.strings.heapSize);
            for (int i = 0; i < count; i++) {
                start[first + i] = at + block.strings.start[i];
                length[first + i] = block.strings.length[i];
            }
            at += block.strings.heapSize;
        }
        return new Dictionary(
                new BytesVector(segment.type(), size, heap, start, length, null), true);
    }

    /// One block at a time, for one thread.
    final class Block {
        final BytesBlock strings = new BytesBlock();
        private final BytesBlock suffixes = new BytesBlock();
        private final EncodingScratch scratch;
        private final ByteSource source = new ByteSource();
        private byte[] bytes = new byte[DictionaryWriter.BLOCK_BYTES];
        private int number = -1;
        private long blocksRead;
        private long bytesRead;

        Block(EncodingScratch scratch) {
            this.scratch = scratch;
        }

        /// How many blocks were read.
        long blocksRead() {
            return blocksRead;
        }

        /// How many bytes they had in the file.
        long bytesRead() {
            return bytesRead;
        }

        /// Reads the block into [#strings], unless it is the one that stands there.
        void read(int block) {
            if (block == number) {
                return;
            }
            number = -1;
            int length = marks.length(block);
            if (bytes.length < length) {
                bytes = new byte[length];
            }
            long position = marks.positions()[block];
            file.read(position, bytes, 0, length);
            segment.name()
                    .verify(
                            Stretch.DICTIONARY,
                            block,
                            position,
                            marks.checksums()[block],
                            bytes,
                            0,
                            length);
            try {
                source.reset(bytes, 0, length);
                int stringBytes = marks.stringBytes()[block];
                DictionaryBlock.read(
                        source, marks.count(block), stringBytes, scratch, suffixes, strings);
                if (strings.heapSize != stringBytes) {
                    throw ByteSource.malformed("strings of another length than the index says");
                }
            } catch (RuntimeException e) {
                throw segment.located(Stretch.DICTIONARY, block, position, e);
            }
            number = block;
            blocksRead++;
            bytesRead += length;
        }

        /// Reads the block that holds the code; returns the string's place in [#strings].
        int find(int code) {
            int block = number;
            if (block < 0
                    || code < marks.firstCodes()[block]
                    || code >= marks.firstCodes()[block + 1]) {
                block = marks.blockOf(code);
                read(block);
            }
            return code - marks.firstCodes()[block];
        }
    }
}
