import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

const CHUNK_CHARACTERS = 32 * 1024;

/** Pieces of text of a sensible size out of many small ones, made only as fast as somebody reads them. */
async function* chunksOf(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* jsonPieces(
  head: object,
  name: string,
  rows: Iterable<object> | AsyncIterable<object>,
): AsyncGenerator<string> {
  const members = Object.entries(head).filter(([, value]) => value !== undefined);
  yield `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join('')}"${name}":[`;
  let separator = '';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',';
  }
  yield ']}';
}

const answerOf = (pieces: Iterable<string> | AsyncIterable<string>, type: string): StreamableFile =>
  new StreamableFile(Readable.from(chunksOf(pieces), { objectMode: false, highWaterMark: CHUNK_CHARACTERS }), { type });

/** `{...head, [name]: [row, ...]}`, written row by row: a long answer never lies in memory as a whole, however slowly it is read. */
export const streamJson = (
  head: object,
  name: string,
  rows: Iterable<object> | AsyncIterable<object>,
): StreamableFile => answerOf(jsonPieces(head, name, rows), 'application/json; charset=utf-8');

/** CSV with a header; null and undefined are empty cells. */
export function streamCsv(columns: readonly string[], rows: Iterable<object>): StreamableFile {
  const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  function* lines(): Generator<string> {
    yield `${columns.join(',')}\n`;
    for (const row of rows) yield `${columns.map((name) => cell((row as Record<string, unknown>)[name])).join(',')}\n`;
  }
  return answerOf(lines(), 'text/csv; charset=utf-8');
}
