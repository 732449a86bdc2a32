package io.basaltdb.query.sql;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.function.jvm.JavaAggregate;
import io.basaltdb.query.function.jvm.JavaArgument;
import io.basaltdb.query.function.jvm.JavaCode;
import io.basaltdb.query.function.jvm.JavaFunction;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.optimizer.AggregateOperator;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;

/// Calls of functions that are written in Java, with operators of their own.
final class JavaCalls {
    private JavaCalls() {}

    static SqlNode of(JavaCode code, SqlBasicCall call) {
        JavaRoutine routine = code.routine();
        List<SqlNode> arguments = call.getOperandList();
        SqlParserPos position = call.getParserPosition();
        if (arguments.size() != routine.parameters().size()) {
            throw SyntaxRewrite.refused(
                    position,
                    ErrorCode.UNDEFINED_FUNCTION,
                    "Function "
                            + routine.name()
                            + " takes "
                            + routine.parameters().stream()
                                    .map(Type::sql)
                                    .collect(Collectors.joining(", ", "(", ")"))
                            + ", but was given "
                            + arguments.size()
                            + (arguments.size() == 1 ? " argument" : " arguments"));
        }
        return switch (code) {
            case JavaFunction function ->
                    new KnownFunction(function.name(), function)
                            .createCall(call.getFunctionQuantifier(), position, arguments);
            case JavaAggregate aggregate ->
                    operator(aggregate)
                            .createCall(
                                    call.getFunctionQuantifier(),
                                    position,
                                    declared(aggregate, arguments, position));
        };
    }

    private static AggregateOperator operator(JavaAggregate aggregate) {
        return new AggregateOperator(
                aggregate.routine().name(),
                AggregateFunction.JAVA,
                AggregateParameters.of(aggregate),
                binding -> RelTypes.toRel(binding.getTypeFactory(), aggregate.resultType(), true),
                OperandTypes.VARIADIC);
    }

    private static List<SqlNode> declared(
            JavaAggregate aggregate, List<SqlNode> arguments, SqlParserPos position) {
        List<SqlNode> declared = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            JavaArgument argument =
                    new JavaArgument(
                            aggregate.routine().name(), aggregate.routine().parameters().get(i));
            declared.add(
                    new KnownFunction(argument.name(), argument)
                            .createCall(position, arguments.get(i)));
        }
        return declared;
    }
}
