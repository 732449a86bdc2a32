package io.basaltdb.server.net;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The first packet of a PostgreSQL client: i32 length, i32 code, and for a startup more.
enum PostgresGreeting {
    /// Not all of it is there.
    INCOMPLETE,
    /// The client asks whether to encrypt; the answer is one byte, then it goes on.
    ASKS_FOR_ENCRYPTION,
    /// The client wants a session.
    STARTUP,
    /// Anything else.
    OTHER;

    private static final int PACKET_BYTES = 8;
    private static final int MOST_BYTES = 10_000;
    private static final int PROTOCOL_3 = 3;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;

    static PostgresGreeting of(ByteBuf in) {
        if (in.readableBytes() < PACKET_BYTES) {
            return INCOMPLETE;
        }
        int length = in.getInt(in.readerIndex());
        int code = in.getInt(in.readerIndex() + 4);
        if (length < PACKET_BYTES || length > MOST_BYTES) {
            return OTHER;
        }
        if (code == SSL_REQUEST || code == GSS_REQUEST) {
            return ASKS_FOR_ENCRYPTION;
        }
        return code >> 16 == PROTOCOL_3 ? STARTUP : OTHER;
    }

    /// Takes the request for encryption out of the way.
    static void skip(ByteBuf in) {
        in.skipBytes(PACKET_BYTES);
    }

    /// An ErrorResponse that every PostgreSQL client shows to its user.
    static byte[] refusal() {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        put(fields, 'S', "FATAL");
        put(fields, 'V', "FATAL");
        put(fields, 'C', "0A000");
        put(
                fields,
                'M',
                "this server does not speak the PostgreSQL protocol; use the Basalt JDBC driver with"
                        + " jdbc:basalt://host:port/");
        fields.write(0);
        byte[] body = fields.toByteArray();
        return ByteBuffer.allocate(body.length + 5)
                .put((byte) 'E')
                .putInt(body.length + 4)
                .put(body)
                .array();
    }

    private static void put(ByteArrayOutputStream fields, char kind, String text) {
        fields.write(kind);
        fields.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        fields.write(0);
    }
}
