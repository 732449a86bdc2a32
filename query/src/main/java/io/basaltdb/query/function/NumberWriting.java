package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `to_char` of numbers.
final class NumberWriting extends StrictLoop {
    private final ValueLanes numbers;
    private final boolean isBinary;
    private final BytesLanes templates = new BytesLanes();
    private final TextOutput digits = new TextOutput();
    private final TextOutput out = new TextOutput();
    private byte[] lastText = {};
    private @Nullable NumberTemplate last;

    NumberWriting(CallSite site) {
        super(site.result());
        this.numbers = new ValueLanes(site.argument(0), new ZoneClock(site.context().zone()));
        this.isBinary = Numbers.isApproximate(site.argument(0));
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        numbers.read(arguments.get(0), size);
        templates.read(arguments.get(1), size);
        out.begin(size);
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            NumberTemplate template = template(row);
            out.append(
                    isBinary
                            ? template.write(binary(numbers.floating(row)), RoundingMode.HALF_EVEN)
                            : template.write(decimal(row), RoundingMode.HALF_UP));
            out.end(row);
        }
        return out.vector(type, size, valid);
    }

    private static BigDecimal binary(double number) {
        if (!Double.isFinite(number)) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "to_char writes finite numbers after a template, found " + number);
        }
        return new BigDecimal(number);
    }

    private BigDecimal decimal(int row) {
        digits.begin(1);
        numbers.write(digits, row);
        return new BigDecimal(new String(digits.pendingBytes(), StandardCharsets.US_ASCII));
    }

    private NumberTemplate template(int row) {
        byte[] heap = templates.heap();
        int start = templates.start()[row];
        int end = start + templates.length()[row];
        NumberTemplate known = last;
        if (known == null || !Arrays.equals(heap, start, end, lastText, 0, lastText.length)) {
            lastText = Arrays.copyOfRange(heap, start, end);
            known = NumberTemplate.parse(new String(lastText, StandardCharsets.UTF_8));
            last = known;
        }
        return known;
    }
}
