import type { DataType, Schema, Vector } from 'apache-arrow';
import { cellOf, UNIT_SEPARATOR, type FileText } from '../unwrap/file-text';
import { MOST_BYTES, tooLarge, unreadable } from '../unwrap/limit';
import { useBoundedCodecs } from './arrow-codecs';

type Arrow = typeof import('apache-arrow');

const ROWS_PER_PIECE = 50_000;

/**
 * The rows of an Arrow file, stream or Feather version 2, plain or compressed by lz4 or zstd, as delimited text; instants
 * in UTC, other columns than times, numbers and texts left out. @throws DomainError
 */
export async function arrowText(bytes: Uint8Array, name: string | null, most = MOST_BYTES): Promise<FileText> {
  const arrow = await import('apache-arrow');
  useBoundedCodecs(arrow, most);
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    const put = (text: string): void => {
      const piece = Buffer.from(text);
      length += piece.length;
      if (length > most) throw tooLarge(name ?? 'the Arrow file', most);
      pieces.push(piece);
    };
    const reader = arrow.RecordBatchReader.from(bytes);
    reader.open();
    const writers = writersOf(arrow, reader.schema);
    put(writers.map(({ title }) => title).join(UNIT_SEPARATOR) + '\n');
    for (const batch of reader) {
      const columns = writers.map(({ at, text }) => ({ vector: batch.getChildAt(at)!, text }));
      for (let from = 0; from < batch.numRows; from += ROWS_PER_PIECE)
        put(rowsText(columns, from, Math.min(batch.numRows, from + ROWS_PER_PIECE)));
    }
    return { bytes: Buffer.concat(pieces), name, place: 'row', delimiter: UNIT_SEPARATOR };
  } catch (error) {
    if (error instanceof Error && error.name === 'DomainError') throw error;
    if (error instanceof RangeError && error.message.startsWith('more than'))
      throw tooLarge(name ?? 'the Arrow file', most);
    const why = error instanceof Error ? error.message : String(error);
    throw unreadable('arrow', `content must be a whole Arrow file, cannot be read: ${why}`);
  }
}

interface ColumnWriter {
  at: number;
  title: string;
  text(value: unknown): string;
}

function rowsText(
  columns: readonly { vector: Vector; text: ColumnWriter['text'] }[],
  from: number,
  to: number,
): string {
  let text = '';
  for (let row = from; row < to; row += 1) {
    for (let c = 0; c < columns.length; c += 1) {
      const value: unknown = columns[c].vector.get(row);
      text += (c > 0 ? UNIT_SEPARATOR : '') + (value === null || value === undefined ? '' : columns[c].text(value));
    }
    text += '\n';
  }
  return text;
}

function writersOf(arrow: Arrow, schema: Schema): ColumnWriter[] {
  const writers = schema.fields.flatMap(({ name, type }, at): ColumnWriter[] => {
    const text = writerOf(arrow, type);
    return text === null ? [] : [{ at, title: /^__index_level_\d+__$/.test(name) ? 'date' : cellOf(name), text }];
  });
  if (writers.length === 0)
    throw unreadable('columns', 'content must have columns of times and numbers, this Arrow file has none');
  return writers;
}

const iso = (ms: number, zone: string): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, zone);

/** How values of a type are written; null for types that are no time, number or text. */
function writerOf({ DataType }: Arrow, type: DataType): ColumnWriter['text'] | null {
  if (DataType.isDictionary(type)) return writerOf({ DataType } as Arrow, type.dictionary);
  // the library gives all of them in milliseconds
  if (DataType.isTimestamp(type)) return (value) => iso(Math.floor(Number(value)), type.timezone ? 'Z' : '');
  if (DataType.isDate(type)) return (value) => iso(Number(value), '').slice(0, 10);
  if (DataType.isFloat(type) || DataType.isInt(type)) return (value) => String(value as number);
  if (DataType.isDecimal(type)) return (value) => decimalText(String(value), type.scale);
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) ? (value) => cellOf(String(value)) : null;
}

/** A decimal by its digits: the library prints them without the scale. */
function decimalText(unscaled: string, scale: number): string {
  const [, sign, digits] = /^(-?)(\d+)$/.exec(unscaled) ?? ['', '', '0'];
  if (scale <= 0) return sign + digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
