import { rejectionOf } from '../../../testing/src/domain/refusal';
import { zipOf } from '../../../testing/src/files/made-files';
import { inspectBarsFile, readBarsFile } from '.';
import type { ReadOptions } from './read-options';

const problemOf = async (content: string | Uint8Array, options: ReadOptions = {}) => {
  const { errors } = await rejectionOf(readBarsFile(Buffer.from(content), options));
  expect((await inspectBarsFile(Buffer.from(content), options)).problems).toEqual(errors);
  return errors![0];
};

describe('a number beyond a double', () => {
  const HEADER = 'date,open,high,low,close,volume,rate';
  const CELLS = ['1', '2', '1', '2', '5', '1'];
  const NAMES = HEADER.split(',').slice(1);
  const huge = ['1e400', '-1e400', '9'.repeat(400), `${'9'.repeat(307)}K`];
  const cases = NAMES.flatMap((name, at) => huge.map((text): [string, number, string] => [name, at, text]));

  it.each(cases)('is refused as %s', async (name, at, text) => {
    const row = CELLS.map((cell, i) => (i === at ? text : cell)).join(',');
    expect(await problemOf(`${HEADER}\n2024-01-02,${row}\n`)).toMatchObject({
      ...{ field: `lines[2].${name}`, rule: 'number', value: text.slice(0, 40) },
    });
  });
});

describe('further columns', () => {
  const withColumns = (count: number): string =>
    ['date,close', '2024-01-02,1', '2024-01-03,1']
      .map((row, i) => row + Array.from({ length: count }, (_, at) => (i === 0 ? `,x${at}` : ',1')).join(''))
      .join('\n');

  it('are 256 at most', async () => {
    expect(await problemOf(withColumns(257))).toMatchObject({ field: 'header', rule: 'max_columns', value: 257 });
    const { bars } = await readBarsFile(Buffer.from(withColumns(256)));
    expect(Object.keys(bars.extra)).toHaveLength(256);
  });
});

describe('few bars further apart than their timeframe', () => {
  const hours = (...at: number[]): string =>
    ['date,close', ...at.map((hour) => `2024-01-02T${String(hour).padStart(2, '0')}:30:00Z,1`)].join('\n');

  it('are refused where all distances are one other timeframe', async () => {
    expect(await problemOf(hours(14, 15, 16, 17), { timeframe: '5m' })).toMatchObject({
      ...{ field: 'timeframe', rule: 'bar_spacing' },
      message: 'timeframe must be 1h as the bars of the file lie 60 minutes apart, was 5m',
    });
    for (const text of [hours(14, 15, 16), hours(14, 15, 17, 18)])
      expect((await readBarsFile(Buffer.from(text), { timeframe: '5m' })).bars.timeframe).toBe('5m');
  });
});

it.each(['', '\n\n', ' \r\n'])('a file without anything is said to be empty: %j', async (text) =>
  expect(await problemOf(text)).toMatchObject({
    ...{ field: 'content', rule: 'min_rows' },
    message: 'content must have a header and at least 1 row, the file is empty',
  }),
);

it('an archive of several files asks for the symbol', async () =>
  expect(await problemOf(zipOf({ 'A.csv': 'x', 'B.csv': 'x' }))).toMatchObject({ field: 'symbol', rule: 'one_file' }));
