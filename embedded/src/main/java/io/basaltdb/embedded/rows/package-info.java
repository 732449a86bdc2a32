/// Rows between the engine's batches and Arrow IPC bytes, in both directions.
///
/// Doors: [ResultEncoder] (a result becomes schema, dictionary and record batch messages),
/// [BatchDecoder] (received record batches become batches of the engine), [ParameterDecoder],
/// [WireTypes]. Called by the wire session alone. Not here: frames, credit, errors on the wire.
///
/// | SQL | wire |
/// |---|---|
/// | BOOLEAN | BOOLEAN |
/// | TINYINT, SMALLINT, INTEGER, BIGINT | INT8, INT16, INT32, INT64 |
/// | REAL, DOUBLE | FLOAT32, FLOAT64 |
/// | DECIMAL(p, s) | DECIMAL128(p, s) |
/// | DATE | DATE32 |
/// | TIMESTAMP(p) | TIMESTAMP(MICRO) up to precision 6, else TIMESTAMP(NANO) |
/// | TIMESTAMP(p) WITH TIME ZONE | the same with zone `UTC` |
/// | TEXT | UTF8, dictionary-encoded where the engine's first batch was |
/// | VARBINARY | BINARY |
/// | UUID, TIME, JSON | UTF8, as CAST writes it |
/// | INTERVAL | UTF8, as PostgreSQL writes it |
/// | NULL | NULL |
@NullMarked
package io.basaltdb.embedded.rows;

import org.jspecify.annotations.NullMarked;
