import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, type DomainError } from '@assay/primitives';
import fc from 'fast-check';
import { refusalOf } from '../../../testing/src/domain/refusal';
import { adjustBars } from '../adjustments';
import { barsToCsv } from './bars-table';
import { numberOf } from './cells/number-bytes';
import { readBarsText } from './read-bars-text';
import type { ReadOptions } from './read-options';

const file = (path: string): Buffer => readFileSync(join(__dirname, '../../../../node_modules', path));
const HEADER = 'date,open,high,low,close,volume\n';

const refusal = (text: string, options?: ReadOptions): DomainError => refusalOf(() => readBarsText(text, options));

describe('reading bars from CSV', () => {
  it('reads the S&P 500 file with every number equal to its text', () => {
    const bytes = file('vega-datasets/data/sp500-2000.csv');
    const { bars, adjFactor, present } = readBarsText(bytes, { symbol: 'SPX' });
    const lines = bytes.toString().trim().split('\n').slice(1);
    expect(bars.openTimeMs).toHaveLength(lines.length);
    lines.forEach((line, i) => {
      const cells = line.split(',');
      expect([bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]]).toEqual(
        [1, 2, 3, 4, 6].map((c) => Number(cells[c])),
      );
      expect(bars.openTimeMs[i]).toBe(Date.parse(cells[0]));
    });
    expect(adjFactor!.every((factor) => factor === 1)).toBe(true);
    expect([...present].sort()).toEqual(['close', 'date', 'high', 'low', 'open', 'volume']);
  });

  it('keeps the adjustment of AAPL apart and scales all four prices by it', () => {
    const { bars, adjFactor } = readBarsText(file('@observablehq/sample-datasets/aapl.csv'));
    const adjusted = adjustBars(bars, adjFactor, 'adj_close');
    expect(bars.close[0]).toBe(64.96286);
    expect(adjusted.close[0]).toBeCloseTo(50.961628, 10);
    expect(adjusted.open[0] / adjusted.close[0]).toBeCloseTo(bars.open[0] / bars.close[0], 12);
    expect(adjustBars(bars, adjFactor, 'none')).toBe(bars);
    expect(adjusted.volume).toBe(bars.volume);
  });

  it('takes the header in any case and order, with CRLF, quotes, a byte order mark and blank lines at the end', () => {
    const text =
      '\ufeffClose,"Volume",LOW,High,Open,Date\r\n2,"10",1,3,1.5,"2020-01-02"\r\n2.5,0,2,3,2,2020-01-03\r\n\r\n';
    const { bars } = readBarsText(text);
    expect(Array.from(bars.close)).toEqual([2, 2.5]);
    expect(Array.from(bars.open)).toEqual([1.5, 2]);
    expect(Array.from(bars.volume)).toEqual([10, 0]);
    expect(Array.from(bars.openTimeMs)).toEqual([Date.parse('2020-01-02'), Date.parse('2020-01-03')]);
  });

  it('keeps further numeric columns, with NaN for empty cells, and leaves out those with text', () => {
    const { bars, ignored } = readBarsText('date,close,Factor,note\n2020-01-02,1,0.25,a\n2020-01-03,2,,7\n');
    expect(Object.keys(bars.extra)).toEqual(['factor']);
    expect(Array.from(bars.extra.factor)).toEqual([0.25, NaN]);
    expect(ignored).toEqual(['note']);
  });

  it('accepts a file of closes alone and says which columns are there', () => {
    const { bars, present } = readBarsText('close\n1\n2\n');
    expect([...present]).toEqual(['close']);
    expect(bars.open.every(Number.isNaN)).toBe(true);
    expect(bars.openTimeMs[1]).toBeGreaterThan(bars.openTimeMs[0]);
  });

  it('takes blank lines at the end of a file of closes for nothing, but one between others for a missing price', () => {
    expect(readBarsText('close\n1\n2\n\n\n').bars.close).toHaveLength(2);
    expect(refusal('close\n1\n\n2\n').message).toBe('line 3: close must be a number above 0, was empty');
  });

  it('stamps daily bars by their date and intraday bars by their instant', () => {
    const text = 'time,close\n2020-01-02T09:30:00-05:00,1\n';
    expect(readBarsText(text).bars.openTimeMs[0]).toBe(Date.parse('2020-01-02T00:00:00Z'));
    expect(readBarsText(text, { timeframe: '1h' }).bars.openTimeMs[0]).toBe(Date.parse('2020-01-02T14:30:00Z'));
    expect(readBarsText('time,close\n1577957400000,1\n', { timeframe: '1h' }).bars.openTimeMs[0]).toBe(1577957400000);
  });

  it.each([
    ['2020-01-02,1,2,0.5,1,1\n2020-01-02,1,2,0.5,1,3\n', 'lines[3].date', 'unique', '2020-01-02'],
    [
      '2020-01-03,1,2,0.5,1,1\n2020-01-06,1,2,0.5,1,1\n2020-01-02,1,2,0.5,1,1\n',
      'lines[4].date',
      'sorted',
      '2020-01-02',
    ],
    ['2020-01-02,1,2,0.5,-1,1\n', 'lines[2].close', 'positive', '-1'],
    ['2020-01-02,0,2,0.5,1,1\n', 'lines[2].open', 'positive', '0'],
    ['2020-01-02,1,NaN,0.5,1,1\n', 'lines[2].high', 'number', 'NaN'],
    ['2020-01-02,1,2,,1,1\n', 'lines[2].low', 'number', 'empty'],
    ['2020-01-02,1,2,0.5,1,-5\n', 'lines[2].volume', 'not_negative', '-5'],
    ['2020-02-30,1,2,0.5,1,1\n', 'lines[2].date', 'iso_8601', '2020-02-30'],
    ['13/14/2020,1,2,0.5,1,1\n', 'lines[2].date', 'iso_8601', '13/14/2020'],
    ['2020-01-02,1,2,0.5,1\n', 'lines[2]', 'cells', 5],
    ['2020-01-02,1,2,0.5,Infinity,1\n', 'lines[2].close', 'number', 'Infinity'],
  ])('refuses %j by line, column and rule', (rows, field, rule, value) => {
    const error = refusal(HEADER + rows);
    expect(error.code).toBe('validation_failed');
    expect(error.errors).toHaveLength(1);
    expect(error.errors![0]).toMatchObject({ field, rule, value });
  });

  it('says it in a sentence', () => {
    const row = (date: string): string => `${date},1,2,0.5,1,1\n`;
    expect(refusal(HEADER + row('2020-01-03') + row('2020-01-06') + row('2020-01-02')).message).toBe(
      'line 4: date must be after 2020-01-06 of the line before, was 2020-01-02; rows in no order are sorted where sort is given',
    );
    expect(refusal(`${HEADER}2020-01-03,1,2,0.5,x,1\n`).message).toBe('line 2: close must be a number above 0, was x');
  });

  it('names every missing column it was asked for', () => {
    const error = refusal('date,close\n2020-01-02,1\n', { require: ['date', 'open', 'high'] });
    expect(error.errors!.map(({ field }) => field)).toEqual(['header.open', 'header.high']);
  });

  it('refuses an empty file, a header without known names and a name that comes twice', () => {
    expect(refusal(HEADER).message).toBe('the file must have at least 1 row, was 0');
    expect(refusal('2020-01-02,1,2\n').errors![0].field).toBe('header');
    expect(refusal('date,close,Close\n2020-01-02,1,2\n').errors![0].field).toBe('header.close');
  });

  it.each(['adj_factor', 'Adj Factor'])('refuses a further column %s, which bars have of their own', (name) => {
    const error = refusal(`date,close,${name}\n2020-01-02,1,2\n`);
    expect(error.errors).toMatchObject([{ field: 'header.adj_factor', rule: 'reserved', value: 'adj_factor' }]);
    expect(error.message).toContain('header on line 1 must not name a further column adj_factor');
  });

  it('stops after twenty problems', () => {
    expect(refusal('date,close\n' + 'x,y\n'.repeat(5000)).errors).toHaveLength(20);
  });

  it('reads any decimal number as Number does', () => {
    const bits = (x: number): BigUint64Array => new BigUint64Array(new Float64Array([x]).buffer);
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.bigInt(0n, 10n ** 20n), fc.nat(30)).map(([a, b]) => `${a}.${b}`),
      fc.tuple(fc.integer(), fc.nat(999999)).map(([a, b]) => `${a}.${String(b).padStart(6, '0')}`),
    );
    fc.assert(
      fc.property(number, (text) => {
        const bytes = Buffer.from(`#${text}#`);
        expect(bits(numberOf(bytes, 1, bytes.length - 1))).toEqual(bits(Number(text)));
      }),
    );
  });

  it('is the inverse of writing', () => {
    const price = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(price, price, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
        (rows) => {
          const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]);
          const bars = {
            symbol: 'X',
            source: 'csv',
            timeframe: '1d' as const,
            openTimeMs: Float64Array.from(rows, (_, i) => i * DAY_MS),
            open: column(0),
            high: column(1),
            low: column(0),
            close: column(1),
            volume: column(0),
            extra: { factor: column(2).map((x) => x + 0) },
          };
          expect(readBarsText(barsToCsv(bars), { symbol: 'X' }).bars).toEqual(bars);
        },
      ),
      { numRuns: 50 },
    );
  });
});
