package io.basaltdb.jdbc.value;

/// A value cannot be had in the form asked for.
public final class ConversionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public ConversionException(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    static ConversionException outOfRange(Object value, String type) {
        return new ConversionException("22003", "the value " + value + " does not fit " + type);
    }

    static ConversionException unreadable(String text, String type) {
        return new ConversionException("22018", "the text '" + text + "' is no " + type);
    }

    static ConversionException unsupported(String from, String to) {
        return new ConversionException("07006", "a value of type " + from + " is no " + to);
    }

    public String sqlState() {
        return sqlState;
    }
}
