package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.io.UserFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The text of a file as a sequence of bytes, unpacked where the name ends in `.gz`.
record TextFile(UserFiles files, String path) {
    private static final int GZIP_BUFFER = 1 << 16;

    /// A place in the text from which it is read forward; for one thread.
    interface Cursor extends AutoCloseable {
        /// Reads up to `length` bytes from `position` on, which must not lie before what was read last; 0 only at the end.
        int read(long position, byte[] target, int offset, int length);

        @Override
        void close();
    }

    Cursor open() {
        RandomReader reader = files.open(path);
        return path.toLowerCase(Locale.ROOT).endsWith(".gz")
                ? new Unpacked(reader)
                : new Plain(reader);
    }

    private record Plain(RandomReader reader) implements Cursor {
        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int count = (int) Math.min(length, reader.sizeBytes() - position);
            if (count > 0) {
                reader.read(position, target, offset, count);
            }
            return Math.max(0, count);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private static final class Unpacked implements Cursor {
        private final RandomReader reader;
        private final InputStream stream;
        private long at;

        Unpacked(RandomReader reader) {
            this.reader = reader;
            try {
                this.stream = new GZIPInputStream(new ReaderStream(reader), GZIP_BUFFER);
            } catch (IOException e) {
                reader.close();
                throw broken(reader.path(), e);
            }
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            try {
                stream.skipNBytes(position - at);
                int count = stream.readNBytes(target, offset, length);
                at = position + count;
                return count;
            } catch (IOException e) {
                throw broken(reader.path(), e);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private static BasaltException broken(String path, IOException cause) {
        return new BasaltException(
                ErrorCode.BAD_COPY_FORMAT,
                "file " + path + " cannot be unpacked: it is not sound gzip data",
                cause);
    }

    /// The bytes of a file as a stream.
    private static final class ReaderStream extends InputStream {
        private final RandomReader reader;
        private long at;

        ReaderStream(RandomReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, reader.sizeBytes() - at);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            reader.read(at, target, offset, count);
            at += count;
            return count;
        }
    }
}
