import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/** Rows that are written at a time: a moment of work, between which other requests have their turn. */
const BATCH_ROWS = 200;
const BUFFERED_CHARACTERS = 32 * 1024;

/** Rows one by one, or read from somewhere in batches. */
export type Rows = Iterable<object> | AsyncIterable<readonly object[]>;

const isBatched = (rows: Rows): rows is AsyncIterable<readonly object[]> => Symbol.asyncIterator in rows;

async function* batchesOf(rows: Rows): AsyncGenerator<readonly object[]> {
  let batch: object[] = [];
  if (isBatched(rows)) {
    for await (const read of rows) {
      for (let from = 0; from < read.length; from += BATCH_ROWS) yield read.slice(from, from + BATCH_ROWS);
    }
    return;
  }
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* jsonPieces(head: object, name: string, rows: Rows): AsyncGenerator<string> {
  const members = Object.entries(head).filter(([, value]) => value !== undefined);
  yield `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join('')}"${name}":[`;
  let separator = '';
  for await (const batch of batchesOf(rows)) {
    yield separator + batch.map((row) => JSON.stringify(row)).join(',');
    separator = ',';
  }
  yield ']}';
}

const answerOf = (pieces: AsyncIterable<string>, type: string): StreamableFile =>
  new StreamableFile(Readable.from(pieces, { objectMode: false, highWaterMark: BUFFERED_CHARACTERS }), { type });

/** `{...head, [name]: [row, ...]}`, written as fast as it is read: a long answer never lies in memory as a whole. */
export const streamJson = (head: object, name: string, rows: Rows): StreamableFile =>
  answerOf(jsonPieces(head, name, rows), 'application/json; charset=utf-8');
