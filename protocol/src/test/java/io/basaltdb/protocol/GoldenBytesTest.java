package io.basaltdb.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Preface;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.SampleBatch;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.CloseStatement;
import io.basaltdb.protocol.message.Complete;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.InsertEnd;
import io.basaltdb.protocol.message.Meta;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.protocol.message.Progress;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.protocol.message.Welcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes of version 1, frame by frame, against files that never change. After adding a frame,
/// run once with `-Dgolden.write=true` and review the new file.
class GoldenBytesTest {
    private static final String FOLDER = "golden/v1/";

    static Stream<Arguments> frames() {
        return Stream.of(
                golden("preface", out -> out.putRaw(Preface.bytes(), 0, Preface.BYTES)),
                golden(
                        "hello",
                        out ->
                                new ClientHello(
                                                1,
                                                1,
                                                List.of("dictionaries"),
                                                Map.of("product", "golden"),
                                                "token",
                                                "secret".getBytes(StandardCharsets.UTF_8))
                                        .write(out)),
                golden(
                        "welcome",
                        out -> new Welcome(1, List.of(), Map.of("schema", "main")).write(out)),
                golden(
                        "query",
                        out ->
                                new Query("SELECT 1", 0, 4, 10, 1500, Map.of("a", "b"), new byte[0])
                                        .write(out, 1)),
                golden("credit", out -> new Credit(4).write(out, 1)),
                golden("cancel", out -> empty(out, FrameType.CANCEL, 1)),
                golden("prepare", out -> new Prepare(7, "SELECT ?").write(out, 2)),
                golden("close", out -> new CloseStatement(7).write(out, 3)),
                golden(
                        "insert_begin",
                        out ->
                                new InsertBegin(
                                                InsertBegin.TABLE,
                                                "t",
                                                List.of("a"),
                                                "token-1",
                                                0,
                                                IpcWriter.schemaBytes(SampleBatch.smallSchema()))
                                        .write(out, 4)),
                golden("insert_end", out -> new InsertEnd(3).write(out, 4)),
                golden("meta", out -> new Meta(Meta.TABLES, null, "a\\_%").write(out, 5)),
                golden("ping", out -> empty(out, FrameType.PING, 6)),
                golden("complete", out -> new Complete("SEL", 3).write(out, 7)),
                golden("progress", out -> new Progress(1, 2, -1).write(out, 1)),
                golden("done", out -> new Done(-1, "q1", 42, List.of("careful")).write(out, 1)),
                golden(
                        "error",
                        out ->
                                new Failure(
                                                "42P01",
                                                "TABLE_NOT_FOUND",
                                                "no table t",
                                                "create it",
                                                1,
                                                15)
                                        .write(out, 1)),
                golden(
                        "schema",
                        out -> {
                            out.begin(FrameType.SCHEMA, 0, 1);
                            IpcWriter.writeSchema(out, SampleBatch.schema());
                            out.end();
                        }),
                golden(
                        "data_dictionary",
                        out -> {
                            out.begin(FrameType.DATA, 0, 1);
                            TextBuffer values = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
                            values.append("red");
                            values.append("green");
                            IpcWriter.writeDictionaryBatch(out, 0, false, values);
                            out.end();
                        }),
                golden(
                        "data",
                        out -> {
                            out.begin(FrameType.DATA, 0, 1);
                            IpcWriter.writeRecordBatch(out, 3, SampleBatch.columns());
                            out.end();
                        }));
    }

    private static Arguments golden(String name, Consumer<FrameBuffer> writer) {
        return Arguments.of(name, writer);
    }

    private static void empty(FrameBuffer out, FrameType type, int stream) {
        out.begin(type, 0, stream);
        out.end();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void bytesAreThoseOfTheFile(String name, Consumer<FrameBuffer> writer) throws IOException {
        FrameBuffer out = new FrameBuffer(64);
        writer.accept(out);
        String actual = hex(out.toByteArray());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(Path.of("src/test/resources", FOLDER, name + ".hex"), actual);
        }
        assertEquals(read(name), actual);
    }

    private static String read(String name) throws IOException {
        try (InputStream in =
                GoldenBytesTest.class
                        .getClassLoader()
                        .getResourceAsStream(FOLDER + name + ".hex")) {
            if (in == null && Boolean.getBoolean("golden.write")) {
                return Files.readString(Path.of("src/test/resources", FOLDER, name + ".hex"));
            }
            assertNotNull(in, "no golden file for " + name);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /// Sixteen bytes a line.
    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            text.append(String.format("%02x", bytes[i]));
            text.append((i + 1) % 16 == 0 || i == bytes.length - 1 ? '\n' : ' ');
        }
        return text.toString();
    }
}
