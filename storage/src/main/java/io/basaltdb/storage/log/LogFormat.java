package io.basaltdb.storage.log;

import io.basaltdb.storage.io.ByteWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The numbers of the package's format and the bytes of headers and frames.
final class LogFormat {
    static final String DIRECTORY = "log";
    static final String SUFFIX = ".log";
    static final long MAGIC = 0x474C_544C_4153_4142L; // "BASALTLG"
    static final int VERSION = 3;
    static final int HEADER_BYTES = 64;
    static final int FRAME_HEADER_BYTES = 32;
    static final int KIND_COMMIT = 1;
    static final int KIND_MARK = 2;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LogFormat() {}

    static String path(long number) {
        String digits = Long.toString(number);
        return DIRECTORY + "/" + "0".repeat(Math.max(0, 10 - digits.length())) + digits + SUFFIX;
    }

    /// The number of the file of that name, or −1 where it is none of ours.
    static long numberOf(String name) {
        if (!name.endsWith(SUFFIX) || name.length() != 10 + SUFFIX.length()) {
            return -1;
        }
        for (int i = 0; i < 10; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(name.substring(0, 10));
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static byte[] header(long number, long epoch, long firstCommit) {
        ByteWriter header = new ByteWriter(HEADER_BYTES);
        header.putLong(MAGIC);
        header.putInt(VERSION);
        header.putInt(0);
        header.putLong(number);
        header.putLong(epoch);
        header.putLong(firstCommit);
        header.putBytes(new byte[20], 0, 20);
        CRC32C checksum = new CRC32C();
        checksum.update(header.array(), 0, HEADER_BYTES - 4);
        header.putInt((int) checksum.getValue());
        return header.toByteArray();
    }

    static boolean headerChecksumFits(byte[] file) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, 0, HEADER_BYTES - 4);
        return (int) checksum.getValue() == intAt(file, HEADER_BYTES - 4);
    }

    /// Bytes of a frame with that payload.
    static long frameBytes(int payloadLength) {
        return FRAME_HEADER_BYTES + ((payloadLength + 7L) & ~7L);
    }

    static void putFrame(
            ByteWriter target,
            int kind,
            int generation,
            long forced,
            long commit,
            byte[] payload,
            int length,
            CRC32C checksum) {
        int at = target.size();
        target.putInt(length);
        target.putInt(generation);
        target.putInt(kind);
        target.putInt(0);
        target.putLong(forced);
        target.putLong(commit);
        target.putBytes(payload, 0, length);
        target.padToEight();
        target.setInt(at + 12, checksum(checksum, target.array(), at, target.size() - at));
    }

    static int checksum(CRC32C checksum, byte[] bytes, int at, int frameLength) {
        checksum.reset();
        checksum.update(bytes, at, 12);
        checksum.update(bytes, at + 16, frameLength - 16);
        return (int) checksum.getValue();
    }
}
