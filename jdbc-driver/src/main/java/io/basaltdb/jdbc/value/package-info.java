/// Values: from the bytes of a received column to what a getter returns, and from what a setter gets
/// to a parameter.
///
/// Doors: [ColumnReader] (one per column of a result, by type family), [Conversions] (which Java
/// class each getter and `getObject(i, Class)` gives), [Parameter] (one value with its wire type),
/// [ParameterRow] and [ParameterBatch] (values as Arrow bytes), [NestedText] and [NestedType] (lists,
/// structs and maps, which travel as text both ways).
///
/// | SQL | `getObject` | further classes |
/// |---|---|---|
/// | BOOLEAN | Boolean | String, numbers 0 and 1 |
/// | TINYINT, SMALLINT, INTEGER | Integer | all numbers that can hold the value, String, Boolean |
/// | BIGINT | Long | as above |
/// | REAL, DOUBLE | Float, Double | as above; whole numbers cut, as `(long)` does |
/// | DECIMAL | BigDecimal | as above |
/// | DATE | java.sql.Date | LocalDate, LocalDateTime, Timestamp, String |
/// | TIMESTAMP | Timestamp | LocalDateTime, LocalDate, LocalTime, java.sql.Date, Time, String |
/// | TIMESTAMP WITH TIME ZONE | OffsetDateTime in UTC | Instant, ZonedDateTime, Timestamp, and local types in the zone of the calendar or JVM |
/// | VARBINARY | byte[] | String, as the database writes it |
/// | TIME | java.sql.Time | LocalTime, String |
/// | JSON | String | as TEXT |
/// | UUID | java.util.UUID | String |
/// | INET | String | java.net.InetAddress, where it is a host |
/// | TEXT | String | numbers, Boolean, dates and times that it spells |
/// | lists | java.sql.Array, its elements as above | String, as the database writes it |
/// | STRUCT | java.sql.Struct, its members in the order of the type | String |
/// | MAP | java.util.Map in the order of the keys | String |
///
/// A timestamp without zone is a reading of a wall clock: `getTimestamp` places it in the zone of the
/// calendar, else of the JVM; a reading that the zone skips moves forward, one that it has twice is
/// the later. A timestamp with zone is an instant, the same in every zone.
///
/// Not here: `java.sql.ResultSet`.
@NullMarked
package io.basaltdb.jdbc.value;

import org.jspecify.annotations.NullMarked;
