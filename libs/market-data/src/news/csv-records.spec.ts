import fc from 'fast-check';
import { csvRecords } from './csv-records';

const records = (text: string, delimiter = ','): [number, ...string[]][] =>
  Array.from(csvRecords(text, delimiter), ({ line, cells }) => [line, ...cells]);

describe('records of delimited text', () => {
  it('have cells with delimiters, quotes and line ends, and know their lines', () => {
    const text = 'a,b\r\n"x, ""y""\nz", 2 \n\n,\n"open\n';
    expect(records(text)).toEqual([
      [1, 'a', 'b'],
      [2, 'x, "y"\nz', '2'],
      [5, '', ''],
      [6, 'open\n'],
    ]);
  });

  it('are what was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ';', 'é') });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';'), (all, delimiter) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = all.map((cells) => cells.map(quoted).join(delimiter)).join('\n');
        expect(records(text, delimiter).map(([, ...cells]) => cells)).toEqual(all);
      }),
    );
  });
});
