import fc from 'fast-check';
import { encodeTable } from './encode-table';
import { tableOfRows, type Table, type TableColumn } from './table';

async function csvOf(table: Table): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeTable(table, 'csv')) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const column = (type: TableColumn['type'], ...values: (number | string | boolean | null)[]): Table => ({
  columns: [{ name: 'x', type }],
  batches: [{ rows: values.length, values: [values] }],
});

/** Cells of one column by the grammar of RFC 4180, read independently of how they are written. */
function cellsOf(csv: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at < csv.length) {
    const quoted = /^"((?:[^"]|"")*)"\n/.exec(csv.slice(at));
    const plain = /^([^",\n]*)\n/.exec(csv.slice(at));
    const found = quoted ?? plain;
    if (!found) throw new Error(`no cell at ${at}: ${JSON.stringify(csv.slice(at, at + 40))}`);
    cells.push(quoted ? found[1]!.replaceAll('""', '"') : found[1]!);
    at += found[0].length;
  }
  return cells;
}

describe('a table as CSV', () => {
  it.each<[TableColumn['type'], number | string | boolean | null, string]>([
    ['double', 0.1 + 0.2, '0.30000000000000004'],
    ['double', -0, '-0'],
    ['double', 1e21, '1e+21'],
    ['double', NaN, ''],
    ['double', null, ''],
    ['integer', 9007199254740991, '9007199254740991'],
    ['boolean', false, 'false'],
    ['timestamp', 1, '1970-01-01T00:00:00.001Z'],
    ['date', -86_400_000, '1969-12-31'],
    ['decimal', '-0.10', '-0.10'],
    ['text', 'BTC/USDT', 'BTC/USDT'],
    ['text', 'a,b', '"a,b"'],
    ['text', 'say "so"', '"say ""so"""'],
    ['text', 'two\nlines', '"two\nlines"'],
    ['text', ' blank', '" blank"'],
    ['text', '', '""'],
    ['text', null, ''],
    ['text', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['text', '+1', "'+1"],
    ['text', '-1', "'-1"],
    ['text', '@ES', "'@ES"],
    ['text', '\t=1', "'\t=1"],
  ])('%s %p is %p', async (type, value, cell) => {
    expect(await csvOf(column(type, value))).toBe(`x\n${cell}\n`);
  });

  it('gives every double back by its bits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), async (values) => {
        const [, ...cells] = cellsOf(await csvOf(column('double', ...values)));
        expect(cells.map(Number)).toEqual(values);
      }),
    );
  });

  it('gives every text back, but for the apostrophe before a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), async (texts) => {
        const [, ...cells] = cellsOf(await csvOf(column('text', ...texts)));
        expect(cells).toEqual(texts.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
      }),
    );
  });

  it('has a header once, whatever the batches, and of a table without rows too', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ i }));
    async function* pages(): AsyncGenerator<{ i: number }[]> {
      yield rows.slice(0, 1);
      yield [];
      yield Promise.resolve(rows.slice(1));
    }
    const columns = [
      { name: 'i', type: 'integer' as const, of: ({ i }: { i: number }) => i },
      { name: '=x', type: 'text' as const, of: () => undefined },
    ];
    const expected = `i,'=x\n${rows.map(({ i }) => `${i},\n`).join('')}`;
    expect(await csvOf(tableOfRows(columns, rows))).toBe(expected);
    expect(await csvOf(tableOfRows(columns, pages()))).toBe(expected);
    expect(await csvOf(tableOfRows(columns, []))).toBe("i,'=x\n");
  });

  it('is asked for no more rows than are taken', async () => {
    let made = 0;
    function* endless(): Generator<{ n: number }> {
      for (;;) yield { n: (made += 1) };
    }
    const table = tableOfRows([{ name: 'n', type: 'integer', of: ({ n }) => n }], endless());
    for await (const piece of encodeTable(table, 'csv')) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(made).toBeLessThan(10_000);
  });

  it('names a column that has too few values', async () => {
    const table = { columns: [{ name: 'x', type: 'double' as const }], batches: [{ rows: 2, values: [[1]] }] };
    await expect(csvOf(table)).rejects.toThrow('column x must have 2 values, had 1');
  });
});
