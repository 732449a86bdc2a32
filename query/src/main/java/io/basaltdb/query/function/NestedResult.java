package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementColumn;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;

/// Where functions of nested values put what they give for a row: each calls one method for it, or none, which gives NULL.
final class NestedResult {
    /// What a function gives.
    enum Form {
        /// A nested value, element by element.
        NESTED,
        /// An element of an argument.
        ELEMENT,
        TEXT,
        NUMBER,
        FLOATING,
        TRUTH
    }

    private final Type type;
    private final Form form;
    private final NestedWriter writer = new NestedWriter();
    private final TextOutput text = new TextOutput();
    private final ElementColumn column;
    private long[] words = {};
    private double[] floats = {};
    private long[] validity = {};
    private int row;

    NestedResult(Type type, Form form) {
        this.type = type;
        this.form = form;
        this.column = new ElementColumn(type);
    }

    void begin(int size) {
        validity = Scratch.longs(validity, Validity.words(size));
        Arrays.fill(validity, 0, Validity.words(size), 0);
        switch (form) {
            case NESTED -> writer.begin(size);
            case ELEMENT -> column.clear();
            case TEXT -> text.begin(size);
            case NUMBER -> words = Scratch.longs(words, size);
            case TRUTH -> words = Scratch.longs(words, Validity.words(size));
            case FLOATING -> floats = Scratch.doubles(floats, size);
        }
    }

    /// What follows is for that row; rows come in ascending order.
    void at(int newRow) {
        row = newRow;
    }

    /// For the elements of a nested value, which [#endNested] ends.
    NestedWriter writer() {
        return writer;
    }

    void endNested() {
        writer.end(row);
        Validity.setValid(validity, row);
    }

    /// For the characters of a text, which [#endText] ends.
    TextOutput text() {
        return text;
    }

    void endText() {
        text.end(row);
        Validity.setValid(validity, row);
    }

    void number(long value) {
        words[row] = value;
        Validity.setValid(validity, row);
    }

    void floating(double value) {
        floats[row] = value;
        Validity.setValid(validity, row);
    }

    void truth(boolean value) {
        if (value) {
            Validity.setValid(words, row);
        } else {
            Validity.setNull(words, row);
        }
        Validity.setValid(validity, row);
    }

    /// The value of an element.
    void element(byte[] heap, int at) {
        while (column.size() < row) {
            column.addNull();
        }
        column.add(heap, at);
    }

    Vector vector(int size) {
        return switch (form) {
            case NESTED -> writer.vector(type, size, validity);
            case ELEMENT -> {
                while (column.size() < size) {
                    column.addNull();
                }
                yield column.vector();
            }
            case TEXT -> text.vector(type, size, validity);
            case NUMBER -> new LongVector(type, size, words, validity);
            case FLOATING -> new DoubleVector(type, size, floats, validity);
            case TRUTH -> new BitVector(type, size, words, validity);
        };
    }
}
