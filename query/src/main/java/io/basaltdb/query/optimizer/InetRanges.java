package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.InetFunctions;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls that say that a column's address lies within a network as ranges of the column, exactly: in the order of addresses what lies within a network are neighbours.
final class InetRanges {
    private InetRanges() {}

    /// Null where the call is another.
    static @Nullable ColumnRanges of(Expression.Call call) {
        List<Expression> operands = call.arguments();
        if (operands.size() != 2 || !operands.get(0).type().equals(Type.INET)) {
            return null;
        }
        return switch (call.function().name()) {
            case InetFunctions.WITHIN_OR_EQUAL -> within(operands.get(0), operands.get(1), 0);
            case InetFunctions.WITHIN, "shift_left" -> within(operands.get(0), operands.get(1), 1);
            case "shift_right" -> within(operands.get(1), operands.get(0), 1);
            default -> null;
        };
    }

    /// @param more bits that the inner prefix has more at least
    private static @Nullable ColumnRanges within(Expression inner, Expression outer, int more) {
        if (!(inner instanceof Expression.Column column)
                || !(outer instanceof Expression.Literal literal)) {
            return null;
        }
        if (!(literal.value() instanceof Value.Bytes network)) {
            return literal.value().isNull()
                    ? new ColumnRanges(column.index(), new Ranges(List.of(), false))
                    : null;
        }
        byte[] bytes = network.value();
        int bits = InetBytes.bits(bytes, 0);
        int most = InetBytes.most(bytes, 0);
        if (bits + more > most) {
            return new ColumnRanges(column.index(), new Ranges(List.of(), false));
        }
        IpAddress address = InetBytes.address(bytes, 0, bytes.length).cut(bits);
        Value least = new Value.Bytes(InetBytes.of(address, bits + more));
        Value greatest = new Value.Bytes(InetBytes.of(address.last(bits), most));
        return new ColumnRanges(
                column.index(), Ranges.of(new Ranges.Interval(least, true, greatest, true)));
    }
}
