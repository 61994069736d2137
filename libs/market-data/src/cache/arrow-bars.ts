const TWO_32 = 2 ** 32;

/**
 * An Arrow file of one record batch as pieces to be written one after another: open times as UTC milliseconds, the other
 * columns as doubles. The columns lie side by side without bitmaps or padding, so their places follow from the number of
 * rows (`column-places.ts`).
 * @param columns as many as names, of equal length, the first of whole milliseconds
 */
export async function arrowBars(
  names: readonly string[],
  columns: readonly Float64Array[],
  notes: ReadonlyMap<string, string>,
): Promise<Uint8Array[]> {
  const arrow = await import('apache-arrow');
  const { length } = columns[0];
  const [timeType, type] = [new arrow.TimestampMillisecond('UTC'), new arrow.Float64()];
  const fields = names.map((name, i) => new arrow.Field(name, i === 0 ? timeType : type, false));
  const children = columns.map((column, i) =>
    i === 0
      ? arrow.makeData({ type: timeType, length, nullCount: 0, data: int64sOf(column) })
      : arrow.makeData({ type, length, nullCount: 0, data: column }),
  );
  const schema = new arrow.Schema(fields, new Map(notes));
  const rows = arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children });
  const pieces: Uint8Array[] = [];
  for await (const piece of arrow.RecordBatchFileWriter.writeAll([new arrow.RecordBatch(schema, rows)]))
    pieces.push(piece);
  return pieces;
}

/** Whole numbers as 64-bit integers; by halves, since a `bigint` a number takes five times as long. */
function int64sOf(numbers: Float64Array): BigInt64Array {
  const integers = new BigInt64Array(numbers.length);
  const halves = new Int32Array(integers.buffer);
  for (let i = 0; i < numbers.length; i += 1) {
    const high = Math.floor(numbers[i] / TWO_32);
    halves[2 * i] = numbers[i] - high * TWO_32;
    halves[2 * i + 1] = high;
  }
  return integers;
}

/** The other way, in the same memory. */
export function doublesOf(integers: Float64Array): Float64Array {
  const low = new Uint32Array(integers.buffer, integers.byteOffset, 2 * integers.length);
  const high = new Int32Array(integers.buffer, integers.byteOffset, 2 * integers.length);
  for (let i = 0; i < integers.length; i += 1) integers[i] = high[2 * i + 1] * TWO_32 + low[2 * i];
  return integers;
}
