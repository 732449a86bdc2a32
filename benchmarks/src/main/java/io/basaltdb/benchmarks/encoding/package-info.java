/// JMH benchmarks of decoding: what a value costs between the bytes of a part and an array.
@NullMarked
package io.basaltdb.benchmarks.encoding;

import org.jspecify.annotations.NullMarked;
