import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { arrowBars } from './arrow-bars';
import { ColumnPlaces } from './column-places';

const bits = (column: Float64Array): BigUint64Array =>
  new BigUint64Array(column.buffer, column.byteOffset, column.length);

describe('the places of the columns of an Arrow file', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'assay-places-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const column = (n: number) =>
    fc.array(fc.oneof(fc.double(), fc.constantFrom(NaN, -0, 5e-324, -Infinity)), { minLength: n, maxLength: n });
  const table = fc
    .record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 9 }) })
    .chain(({ rows, columns }) =>
      fc.record({
        times: fc
          .uniqueArray(fc.integer({ min: -4e12, max: 4e12 }), { minLength: rows, maxLength: rows })
          .map((times) => Float64Array.from(times.sort((a, b) => a - b))),
        numbers: fc
          .array(column(rows), { minLength: columns, maxLength: columns })
          .map((all) => all.map((one) => Float64Array.from(one))),
      }),
    );

  it('are where the library of the format finds them, and give every bit of any part', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.nat(), fc.nat(), async ({ times, numbers }, a, b) => {
        const rows = times.length;
        const names = ['open_time', ...numbers.map((_, i) => `c${i}`)];
        const bytes = Buffer.concat(await arrowBars(names, [times, ...numbers], new Map([['note', 'of it']])));
        const arrow = tableFromIPC(bytes);
        expect(arrow.schema.metadata.get('note')).toBe('of it');
        expect(arrow.schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
          'open_time: Timestamp<MILLISECOND, UTC>',
          ...numbers.map((_, i) => `c${i}: Float64`),
        ]);
        expect(Array.from(arrow.getChildAt(0)!.toArray() as BigInt64Array, Number)).toEqual([...times]);
        for (const [i, one] of numbers.entries())
          expect(bits(Float64Array.from(arrow.getChildAt(i + 1)!.toArray() as Float64Array))).toEqual(bits(one));

        const path = join(folder, 'x.arrow');
        writeFileSync(path, bytes);
        const file = await open(path);
        try {
          const places = await ColumnPlaces.of(file, bytes.length, rows, names.length);
          const [from, to] = [a % (rows + 1), b % (rows + 1)].sort((x, y) => x - y);
          const read = await places.read(names.length, from, to);
          expect(read.map(bits)).toEqual([times, ...numbers].map((one) => bits(one.slice(from, to))));
        } finally {
          await file.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are searched by time as an array is', async () => {
    const times = Float64Array.from({ length: 5_000 }, (_, i) => 1e12 + i * 7 + (i % 3));
    const bytes = Buffer.concat(await arrowBars(['open_time'], [times], new Map()));
    const path = join(folder, 'times.arrow');
    writeFileSync(path, bytes);
    const file = await open(path);
    try {
      const places = await ColumnPlaces.of(file, bytes.length, times.length, 1);
      for (const ms of [0, 1e12, 1e12 + 1, times[2_499], times[2_500] - 1, times[4_999], times[4_999] + 1, Infinity]) {
        const expected = times.findIndex((time) => time >= ms);
        expect([ms, await places.firstFrom(ms)]).toEqual([ms, expected < 0 ? 5_000 : expected]);
      }
    } finally {
      await file.close();
    }
  });

  it('are refused where the file is none, or shorter than its rows', async () => {
    const bytes = Buffer.concat(await arrowBars(['open_time'], [Float64Array.of(1, 2, 3)], new Map()));
    const path = join(folder, 'bad.arrow');
    for (const [content, message] of [
      [Buffer.alloc(0), 'it is cut off'],
      [Buffer.alloc(600), 'it does not begin as it was written'],
      [bytes.subarray(0, 200), 'it does not begin as it was written'],
    ] as const) {
      writeFileSync(path, content);
      const file = await open(path);
      await expect(ColumnPlaces.of(file, content.length, 100, 1)).rejects.toThrow(message);
      await file.close();
    }
  });
});
