import { columnOfCsv } from '../../../definitions/dataset-column';
import { countTargets, marksOf, sampleOf } from './sample';

const day = (date: string) => Date.parse(date);
const bar = (date: string, close: number) => ({
  ...{ time: day(date), open: close, high: close, low: close, close, volume: null },
});
const bars = [bar('2024-01-02', 10), bar('2024-01-03', 11), bar('2024-01-04', 12)];
const row = (decision: 'BUY' | 'SELL' | 'HOLD' | 'NO_SIGNAL', signal: number | null) => ({ decision, signal });

describe('rows of a dry run', () => {
  it('have the values of their bar, and what is missing is missing', () => {
    const rsi = columnOfCsv('date,value\n2024-01-02,\n2024-01-03,41.5\n');
    expect(sampleOf(bars, ['close', 'rsi', 'volume', 'prediction'], new Map([['rsi', rsi]]))).toEqual([
      { close: 10, rsi: null, volume: null, prediction: null },
      { close: 11, rsi: 41.5, volume: null, prediction: null },
      { close: 12, rsi: null, volume: null, prediction: null },
    ]);
  });

  it('take a column before a bar value of the same name', () =>
    expect(sampleOf([bars[0]!], ['close'], new Map([['close', new Map([[day('2024-01-02'), 7]])]]))).toEqual([
      { close: 7 },
    ]));

  it('are marked where the target changes', () => {
    const rows = [
      row('NO_SIGNAL', null),
      row('SELL', 0),
      row('BUY', 1),
      row('HOLD', 1),
      row('SELL', -1),
      row('BUY', 1),
    ];
    const six = rows.map((_, index) => bar(`2024-01-0${index + 1}`, 1));
    expect(marksOf(six, rows)).toEqual([
      { time: day('2024-01-03'), kind: 'buy', text: 'long' },
      { time: day('2024-01-05'), kind: 'sell', text: 'short' },
      { time: day('2024-01-06'), kind: 'buy', text: 'long' },
    ]);
    expect(countTargets(rows)).toEqual({ long: 3, out: 2, short: 1, unknown: 1 });
  });
});
