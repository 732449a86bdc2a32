package io.basaltdb.query;

/// Methods of a program that the engine runs in.
public final class JavaFunctionsOfTheProgram {
    private JavaFunctionsOfTheProgram() {}

    public static long twice(long number) {
        return 2 * number;
    }

    public static long thrice(long number) {
        return 3 * number;
    }
}
