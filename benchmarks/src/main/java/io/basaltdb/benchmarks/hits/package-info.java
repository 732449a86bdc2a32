/// `hits`: a web-analytics table of our own, 105 columns wide, and 43 queries over it.
///
/// One row is one page view. The table has the traits that make such data hard and rewarding: a few large sites and
/// thousands of small ones, visitors that come back, pages and phrases of which some are seen once and some all the
/// time, long strings that repeat, many columns that are mostly zero. Shares do not depend on the number of rows:
/// 18 % distinct users, 19 % distinct URLs of 74 bytes, 10 % titles, 20 % referers of 52 bytes, 7 % search phrases of
/// which 87 % of the rows have none, 6,403 sites, site 62 with 1.4 % of all rows, "google" in 0.022 % of the URLs.
///
/// Every value follows from the seed and the row number, so any piece can be made alone. Rows come in the order of the
/// sort key (CounterID, EventDate, UserID, EventTime, WatchID): the [Layout] gives each site its range of row numbers,
/// cuts the range into cells, and a [Cell] draws its visits, sorts them, and only then spells out rows. Arithmetic is
/// integer, or floating point with the basic operations only, which gives the same bits everywhere.
///
/// **The generator is frozen**: figures of different days compare only if the rows stay the same. `HitsDataSetTest` holds
/// a checksum of the rows.
///
/// Doors: [HitsDataSet], [HitsQueries].
@NullMarked
package io.basaltdb.benchmarks.hits;

import org.jspecify.annotations.NullMarked;
