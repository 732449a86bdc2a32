package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A scalar function put together from its parts: what it is called, what it takes, whether it can fail, and who makes its loop. Built once,
/// by the families' lists; immutable.
final class Definition implements ScalarFunction {
    /// Gives the result type for argument types, or null where they are not accepted.
    interface Signature {
        @Nullable Type resultType(List<Type> arguments);
    }

    /// Says whether a call with these types can raise an error.
    interface Fallibility {
        boolean isFallible(List<Type> arguments, Type result);
    }

    /// Says to which types arguments are converted before the call.
    interface Conversion {
        List<Type> operandTypes(List<Type> arguments);
    }

    /// Makes the loop of one call.
    interface Binder {
        ScalarLoop bind(CallSite site);
    }

    private final String name;
    private final String summary;
    private final List<String> aliases;
    private final Signature signature;
    private final Binder binder;
    private final Volatility volatility;
    private final Fallibility fallibility;
    private final boolean strict;
    private final Conversion conversion;

    private Definition(
            String name,
            String summary,
            List<String> aliases,
            Signature signature,
            Binder binder,
            Volatility volatility,
            Fallibility fallibility,
            boolean strict,
            Conversion conversion) {
        this.name = name;
        this.summary = summary;
        this.aliases = aliases;
        this.signature = signature;
        this.binder = binder;
        this.volatility = volatility;
        this.fallibility = fallibility;
        this.strict = strict;
        this.conversion = conversion;
    }

    /// An immutable, strict function that never fails; the methods below change one of these each.
    static Definition define(String name, String summary, Signature signature, Binder binder) {
        return new Definition(
                name,
                summary,
                List.of(),
                signature,
                binder,
                Volatility.IMMUTABLE,
                (arguments, result) -> false,
                true,
                arguments -> arguments);
    }

    Definition alias(String... names) {
        return new Definition(
                name,
                summary,
                Stream.concat(aliases.stream(), Stream.of(names)).toList(),
                signature,
                binder,
                volatility,
                fallibility,
                strict,
                conversion);
    }

    Definition fallible() {
        return fallible((arguments, result) -> true);
    }

    Definition fallible(Fallibility rule) {
        return new Definition(
                name, summary, aliases, signature, binder, volatility, rule, strict, conversion);
    }

    Definition volatility(Volatility kind) {
        return new Definition(
                name, summary, aliases, signature, binder, kind, fallibility, strict, conversion);
    }

    Definition notStrict() {
        return new Definition(
                name,
                summary,
                aliases,
                signature,
                binder,
                volatility,
                fallibility,
                false,
                conversion);
    }

    /// The same, of arguments that were converted first.
    Definition converting(Conversion rule) {
        return new Definition(
                name, summary, aliases, signature, binder, volatility, fallibility, strict, rule);
    }

    @Override
    public String name() {
        return name;
    }

    List<String> aliases() {
        return aliases;
    }

    String summary() {
        return summary;
    }

    @Override
    public List<Type> operandTypes(List<Type> arguments) {
        return conversion.operandTypes(arguments);
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        return signature.resultType(conversion.operandTypes(arguments));
    }

    @Override
    public Volatility volatility() {
        return volatility;
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        return fallibility.isFallible(arguments, result);
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        return binder.bind(new CallSite(arguments, result, constants, context));
    }

    @Override
    public String toString() {
        return name;
    }
}
