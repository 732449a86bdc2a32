/// Answers of queries as plain values, and whether two of them say the same.
///
/// [AnswerReader] makes an [Answer] from a JDBC result. [AnswerCheck] compares the answers of two engines: numbers by
/// value (a double within 1e-9 of the other), rows in order as far as the query orders them, else as multisets, and
/// rows that a LIMIT chose among equals against the whole result. [AnswerDigest] turns the part of an answer that is
/// determined into bytes, for comparing one engine with itself bit for bit. No engine is known here.
@NullMarked
package io.basaltdb.benchmarks.answer;

import org.jspecify.annotations.NullMarked;
