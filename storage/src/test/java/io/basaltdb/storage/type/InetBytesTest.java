package io.basaltdb.storage.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InetBytesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 04c000020120",
        "192.0.2.1/32, 192.0.2.1, 04c000020120",
        "192.0.2.0/24, 192.0.2.0/24, 04c000020018",
        "192.0.2.1/24, 192.0.2.1/24, 04c000020018c0000201",
        "0.0.0.0/0, 0.0.0.0/0, 040000000000",
        "255.255.255.255/0, 255.255.255.255/0, 040000000000ffffffff",
        "2001:DB8:0:0::1, 2001:db8::1, 0620010db800000000000000000000000180",
        "2001:db8::/32, 2001:db8::/32, 0620010db800000000000000000000000020",
        "::/0, ::/0, 060000000000000000000000000000000000",
        "::1, ::1, 060000000000000000000000000000000180",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4, 0600000000000000000000ffff0102030480",
        "::102:304, ::1.2.3.4, 060000000000000000000000000102030480",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3, 060001000000000002000000000000000380",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7, 060001000000020003000400050006000780"
    })
    void textsAndBytes(String text, String written, String hex) {
        byte[] value = InetBytes.parse(text);
        assertNotNull(value);
        assertEquals(hex, HexFormat.of().formatHex(value));
        assertEquals(written, InetBytes.text(value, 0, value.length));
        assertEquals(written, InetBytes.shown(value));
        assertTrue(InetBytes.isValue(value, 0, value.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "1.2.3",
                "10/8",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/024",
                "1.2.3.4/+1",
                "1.2.3.4/-1",
                "1.2.3.4/8/8",
                "1.2.3.4/١",
                "::/129",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "fe80::1%eth0",
                ":",
                ":::"
            })
    void whatIsNoAddress(String text) {
        assertNull(InetBytes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "05c000020120",
                "04c0000201",
                "04c000020121", // more bits than there are
                "04c000020118", // bits behind the prefix
                "04c000020018c0000200", // the network once more
                "04c000020018c0000301", // an address of another network
                "04c00002012000",
                "060000000000000000000000000000000181",
                "0620010db800000000000000000000000180ff"
            })
    void whatIsNoValue(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertFalse(InetBytes.isValue(bytes, 0, bytes.length));
        assertEquals("\\x" + hex, InetBytes.shown(bytes));
    }

    /// The order of the bytes is that of version, common leading bits, length of the prefix, and address; and every text comes back.
    @Test
    void orderOfBytesIsOrderOfNetworks() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            IpAddress left = address(random);
            IpAddress right = random.nextInt(4) == 0 ? left : near(left, random);
            byte[] a = InetBytes.of(left, bits(left, random));
            byte[] b = InetBytes.of(right, bits(right, random));
            assertEquals(
                    model(left, InetBytes.bits(a, 0), right, InetBytes.bits(b, 0)),
                    Integer.signum(Arrays.compareUnsigned(a, b)));
            assertTrue(InetBytes.isValue(a, 0, a.length));
            assertArrayEquals(a, InetBytes.parse(InetBytes.text(a, 0, a.length)));
            assertEquals(left, InetBytes.address(a, 0, a.length));
        }
    }

    private static int model(IpAddress left, int leftBits, IpAddress right, int rightBits) {
        if (left.isV4() != right.isV4()) {
            return left.isV4() ? -1 : 1;
        }
        int behind = (left.isV4() ? 32 : 128) - Math.min(leftBits, rightBits);
        int order = number(left).shiftRight(behind).compareTo(number(right).shiftRight(behind));
        order = order != 0 ? order : Integer.compare(leftBits, rightBits);
        return order != 0 ? order : number(left).compareTo(number(right));
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(Long.toUnsignedString(address.high()))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(address.low())));
    }

    private static IpAddress address(Random random) {
        return random.nextBoolean()
                ? new IpAddress(true, 0, random.nextLong() & 0xFFFF_FFFFL)
                : new IpAddress(
                        false,
                        random.nextLong() << random.nextInt(64),
                        random.nextLong() >>> random.nextInt(64));
    }

    private static IpAddress near(IpAddress address, Random random) {
        if (random.nextInt(4) == 0) {
            return address(random);
        }
        long change = 1L << random.nextInt(address.isV4() ? 32 : 64);
        return address.isV4() || random.nextBoolean()
                ? new IpAddress(address.isV4(), address.high(), address.low() ^ change)
                : new IpAddress(false, address.high() ^ change, address.low());
    }

    private static int bits(IpAddress address, Random random) {
        int most = address.isV4() ? 32 : 128;
        return random.nextInt(3) == 0 ? most : random.nextInt(most + 1);
    }
}
