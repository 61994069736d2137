import { createRng } from '@assay/quant';
import { NumberCell } from '../cells/number-cell';
import { TimeCell } from '../cells/time-bytes';
import type { ColumnRole } from '../layout/column-names';
import type { TextLayout } from '../layout/layout';
import { ReadNotes } from '../read-note';
import { columnReaders, type ColumnContext, type ColumnReader } from './column-reader';
import { PlainRow } from './plain-row';
import { RowProblems } from './row-problems';
import { RowScanner } from './row-scanner';

const ROLES: readonly ColumnRole[] = ['time', 'open', 'skip', 'close', 'volume', 'extra'];
const NUMBERS = [
  ...['1', '12.5', '0.000125', '99', '5.', '.5', '007.250', '123456789012345', '0.12345678901234'],
  ...[
    '1,5',
    '1.234,5',
    '-1',
    '-0',
    '+3',
    '0',
    '',
    ' 7',
    '8 ',
    '"9"',
    '1e3',
    'nan',
    '1234567890123456',
    '1.2.3',
    '5K',
    '-',
    '.',
  ],
];
const TIMES = [
  ...[
    '2020-02-29',
    '2021-02-29',
    '2020-1-1',
    '1999-12-31',
    '2020-01-31 09:30:00',
    '2020-01-31T09:30:00Z',
    '0000-01-01',
  ],
  ...[' 2020-01-01', '20200131', '1580428800', '"2020-01-02"', '', '2020-13-01', '2020-01-02 24:00:00'],
];

function setUp(bytes: Uint8Array, delimiter: number, mark: 'point' | 'comma', daily: boolean) {
  const columns = ROLES.map((role) => ({ role, name: role }));
  const notes = new ReadNotes();
  const problems = new RowProblems(bytes, 'line');
  const number = new NumberCell(bytes, mark, notes);
  const context: ColumnContext = {
    ...{ bytes, problems, number, time: new TimeCell(bytes, null), daily, newestFirst: false, clocked: false },
    ...{ wallClock: null, dateClock: null, onDated: () => undefined, onWall: () => undefined },
  };
  const readers = columnReaders(columns, context);
  for (const reader of readers) reader?.begin(1);
  const layout = { columns, delimiter, symbols: null } as unknown as TextLayout;
  const plain = PlainRow.of(layout, readers, number.decimal)!;
  plain.begin();
  return { problems, readers, plain };
}

const valuesOf = (readers: readonly (ColumnReader | null)[]): number[] =>
  readers.flatMap((reader) => (reader ? [reader.values[0]!] : []));

describe('a plain row', () => {
  const rng = createRng('plain rows');
  const pick = <T>(of: readonly T[]): T => of[rng.int(of.length)]!;
  /** Mostly of the first ones, that many rows are plain. */
  const cellOf = (role: ColumnRole): string =>
    role === 'time'
      ? rng.next() < 0.7
        ? TIMES[0]!
        : pick(TIMES)
      : rng.next() < 0.85
        ? pick(NUMBERS.slice(0, 9))
        : pick(NUMBERS);

  it('has the values, the problems and the end that scanner and readers give it', () => {
    let plainRows = 0;
    for (let i = 0; i < 8000; i += 1) {
      const delimiter = pick([',', ';', '\t']);
      const mark = pick(['point', 'comma'] as const);
      const cells = ROLES.map(cellOf).slice(0, rng.next() < 0.05 ? 5 : 6);
      if (rng.next() < 0.05) cells.push('1');
      const text = `x${cells.join(delimiter)}${pick(['\n', '\n', '\r\n', '\r', ''])}`;
      const bytes = Buffer.from(text);
      const daily = rng.next() < 0.5;
      const { problems, readers, plain } = setUp(bytes, delimiter.charCodeAt(0), mark, daily);
      const next = plain.read(bytes, 1, 0, 5);
      if (next === 0) {
        // left to the others with nothing said
        expect([text, problems.count]).toEqual([text, 0]);
        continue;
      }
      plainRows += 1;
      const general = setUp(bytes, delimiter.charCodeAt(0), mark, daily);
      const scanner = new RowScanner(bytes, delimiter.charCodeAt(0), ROLES.length);
      const wanted = scanner.next(1);
      expect([text, scanner.cells]).toEqual([text, ROLES.length]);
      general.readers.forEach((reader, c) => reader?.read(0, 5, scanner.starts[c]!, scanner.ends[c]!));
      expect([text, next, ...valuesOf(readers)]).toEqual([text, wanted, ...valuesOf(general.readers)]);
      expect(problems.takeBack(0)).toEqual(general.problems.takeBack(0));
    }
    expect(plainRows).toBeGreaterThan(1000);
  });

  it('is one for which all of a file is read once: what is asked of more is none', () => {
    const bytes = Buffer.from('2020-01-01,1,a,2,3,4\n');
    const { plain } = setUp(bytes, 44, 'point', true);
    expect(plain.read(bytes, 0, 0, 1)).toBe(bytes.length);
    const one = (of: Partial<TextLayout>): PlainRow | null =>
      PlainRow.of(
        {
          columns: [
            { role: 'time', name: 't' },
            { role: 'close', name: 'c' },
          ],
          delimiter: 44,
          symbols: null,
          ...of,
        } as TextLayout,
        [null, null],
        46,
      );
    expect(one({})).not.toBeNull();
    expect(one({ symbols: { isOther: () => false } })).toBeNull();
    expect(one({ columns: [{ role: 'close', name: 'c' }] })).toBeNull();
    expect(
      one({
        columns: [
          { role: 'time', name: 't' },
          { role: 'clock', name: 'k' },
        ],
      }),
    ).toBeNull();
  });
});
