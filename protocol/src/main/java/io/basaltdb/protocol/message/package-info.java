/// What the payloads of frames say. One class per frame that carries more than nothing; `read` and
/// `write` of a class are the specification of its fields, in this order:
///
/// | frame | payload |
/// |---|---|
/// | HELLO | u16 max version, u16 min version, list capabilities, map attributes, string login method, bytes credential |
/// | WELCOME | u16 version, list capabilities, map attributes |
/// | QUERY | string sql, u32 statement (0 = use sql), u32 credit, i64 max rows (0 = all), u32 timeout in ms (0 = none), map settings, bytes parameters |
/// | CREDIT | u32 further DATA frames with rows |
/// | CANCEL | empty |
/// | PREPARE | u32 statement, string sql |
/// | CLOSE | u32 statement |
/// | INSERT_BEGIN | u8 target (0 = statement with one `?` per column, 1 = table), string text, list columns (of a table; empty = all), string token (empty = none), u32 timeout in ms, bytes Arrow schema message |
/// | INSERT_DATA | an Arrow dictionary or record batch message; or a schema message of as many columns, which gives what follows other types |
/// | INSERT_END | i64 rows sent in all |
/// | META | string kind, u32 count, then per pattern u8 present and, if 1, a string |
/// | PING | empty |
/// | COMPLETE | string text, u32 cursor in characters |
/// | SCHEMA | an Arrow schema message; with FLAG_PARAMETERS the parameters of a statement |
/// | DATA | an Arrow dictionary or record batch message, verbatim |
/// | PROGRESS | i64 rows, i64 bytes, i64 rows in all (-1 = not known) |
/// | PROFILE | string, one line per operator |
/// | DONE | i64 update count (-1 = rows were sent), string query id, i64 commit (0 = none), list warnings |
/// | ERROR | string SQLSTATE, string code, string message, string hint, u32 line, u32 column (0 = none) |
///
/// `parameters` of QUERY is empty, or an Arrow schema message followed by one record batch message
/// of one row.
///
/// **Session.** The client sends HELLO on stream 0 and may send requests behind it at once; the
/// server answers WELCOME, or ERROR on stream 0 and closes. The version spoken is the smaller of
/// both maxima; below the other side's minimum there is none (0A000). A capability counts where
/// both sides name it.
///
/// **Request.** QUERY, PREPARE, CLOSE, INSERT_BEGIN, META, PING and COMPLETE open the stream they
/// name, which must not be open; DONE or ERROR closes it. QUERY and META answer SCHEMA, DATA … and
/// DONE, or for statements without rows just DONE; COMPLETE the same, with a row of `text` (what
/// replaces the word that was begun), `kind` (keyword, schema, table, view, column, function or
/// setting) and `start` (where that word begins, in characters from 0) per way to go on; PREPARE answers SCHEMA with FLAG_PARAMETERS,
/// SCHEMA where the statement has rows, and DONE. PROGRESS and PROFILE may come between:
/// PROGRESS about every 100 ms of a request that takes longer, where both sides name the capability
/// `progress`; a server drops it where the client is slow to read. CANCEL
/// makes ERROR 57014 follow, unless DONE or another ERROR was on its way. CREDIT and CANCEL for a
/// stream that is closed are ignored, for they may have crossed its end.
///
/// **Credit** counts record batches; dictionary batches are free. A server holds at most one encoded
/// batch beyond the credit.
///
/// **Insert.** The rows of one INSERT_BEGIN … INSERT_END take effect as one atomic insert. The
/// server answers an error as soon as it knows one and drops the rest of the stream's frames.
///
/// Who may call: the session in `embedded`, the driver. Not here: Arrow messages (package `ipc`).
@NullMarked
package io.basaltdb.protocol.message;

import org.jspecify.annotations.NullMarked;
