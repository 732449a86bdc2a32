// One session of chdb: a statement per line of the standard input, a reply per statement on the standard output.
'use strict';
const fs = require('fs');
const readline = require('readline');
const { Session } = require(process.argv[2]);

const session = new Session(process.argv[3]);
const NEWLINE = 10;
const HEADER_LINES = 2;

function reply(head, bytes) {
  const all = Buffer.concat([Buffer.from(`${head} ${bytes.length}\n`), bytes]);
  for (let written = 0; written < all.length; ) {
    written += fs.writeSync(1, all, written);
  }
}

function lines(bytes) {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    count++;
  }
  return count;
}

async function answer(line) {
  const [verb, text] = line.split(' ');
  const sql = Buffer.from(text, 'base64').toString('utf8');
  try {
    const start = process.hrtime.bigint();
    const result = await session.queryAsync(sql, { format: 'TabSeparatedWithNamesAndTypes' });
    const bytes = Buffer.from(result.bytes());
    const millis = Number(process.hrtime.bigint() - start) / 1e6;
    const rows = Math.max(0, lines(bytes) - HEADER_LINES);
    reply(`ok ${millis} ${rows}`, verb === 'read' ? bytes : Buffer.alloc(0));
  } catch (failed) {
    reply('error', Buffer.from(String(failed.message)));
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    await answer(line);
  }
  process.exit(0);
})();
