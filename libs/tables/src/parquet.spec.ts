import fc from 'fast-check';
import { canQueryParquet, queryParquet } from '@assay/testing';
import { encodeBatch, encodeTable } from './encode-table';
import type { Table, TableBatch, TableColumn } from './table';

type Encode = typeof encodeBatch;
// as a thread gives and takes it: typed arrays of it are none of this realm here, which all of them are in a service
const cloned: Encode = (task) => encodeBatch(structuredClone(task)).then(structuredClone);

async function parquetOf(table: Table, encode = cloned): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeTable(table, 'parquet', encode)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const COLUMNS: TableColumn[] = [
  { name: 'day', type: 'date' },
  { name: 'time', type: 'timestamp' },
  { name: 'x', type: 'double' },
  { name: 'n', type: 'integer' },
  { name: 's', type: 'text' },
  { name: 'b', type: 'boolean' },
  { name: 'q', type: 'decimal' },
];
const bits = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
};

// an independent reader, which is optional and native
(canQueryParquet ? describe : describe.skip)('a table as Parquet, read by DuckDB', () => {
  it('has the types that its columns state, with rows and without', async () => {
    const whole = { rows: 1, values: [[0], [0], [1], [1], ['1'], [true], ['1']] };
    for (const batches of [[], [whole]]) {
      const file = await parquetOf({ columns: COLUMNS, batches });
      const described = await queryParquet(file, (table) => `DESCRIBE SELECT * FROM ${table}`);
      expect(described.map((row) => [row.column_name, row.column_type])).toEqual([
        ['day', 'DATE'],
        ['time', 'TIMESTAMP WITH TIME ZONE'],
        ['x', 'DOUBLE'],
        ['n', 'BIGINT'],
        ['s', 'VARCHAR'],
        ['b', 'BOOLEAN'],
        ['q', 'VARCHAR'],
      ]);
      expect(await queryParquet(file, (table) => `SELECT count(*)::INTEGER AS n FROM ${table}`)).toEqual([
        { n: batches.length },
      ]);
    }
  });

  it.each([
    ['as a thread gives it', cloned],
    ['as it is', encodeBatch],
  ])('has the values of every batch in order, what is missing as null: %s', async (_, encode) => {
    const batches: TableBatch[] = [
      {
        rows: 2,
        values: [
          Float64Array.of(86_400_000, -86_400_000),
          Float64Array.of(1_700_000_000_123, NaN),
          Float64Array.of(0.1, NaN),
          [1, null],
          ['ü,"', null],
          [true, null],
          ['-0.10', null],
        ],
      },
      { rows: 0, values: COLUMNS.map(() => []) },
      {
        rows: 1,
        values: [[null], [-1], [-0], [-9007199254740991], ['=1+1'], [false], ['1e-7']],
      },
    ];
    const read = await queryParquet(
      await parquetOf({ columns: COLUMNS, batches }, encode),
      (table) =>
        `SELECT day::VARCHAR AS day, epoch_ms(time)::DOUBLE AS time, x, x IS NULL AS none, n::VARCHAR AS n, s, b, q FROM ${table}`,
    );
    expect(read).toEqual([
      { day: '1970-01-02', time: 1_700_000_000_123, x: 0.1, none: false, n: '1', s: 'ü,"', b: true, q: '-0.10' },
      { day: '1969-12-31', time: null, x: null, none: true, n: null, s: null, b: null, q: null },
      { day: null, time: -1, x: -0, none: false, n: '-9007199254740991', s: '=1+1', b: false, q: '1e-7' },
    ]);
  });

  it('keeps every bit of every double, in row groups of any size', async () => {
    const doubles = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(doubles, { minLength: 1, maxLength: 4 }), async (groups) => {
        const batches = groups.map((values) => ({ rows: values.length, values: [Float64Array.from(values)] }));
        const file = await parquetOf({ columns: [{ name: 'x', type: 'double' }], batches }, encodeBatch);
        const read = await queryParquet(file, (table) => `SELECT x FROM ${table}`);
        expect(read.map(({ x }) => bits(x as number))).toEqual(groups.flat().map(bits));
      }),
      { numRuns: 25 },
    );
  });

  it('is no file until its end is written', async () => {
    const table = { columns: COLUMNS.slice(2, 3), batches: [{ rows: 1, values: [[1]] }] };
    const pieces: Uint8Array[] = [];
    for await (const piece of encodeTable(table, 'parquet')) pieces.push(piece);
    const cut = Buffer.concat(pieces.slice(0, -1));
    await expect(queryParquet(cut, (name) => `SELECT * FROM ${name}`)).rejects.toThrow(/parquet/i);
  });
});
