import { readBarsText } from '../files';
import { barFrame, describeBars, previewBars } from './bar-frame';

const { bars } = readBarsText(
  'date,close,factor\n2020-01-02,1,0.5\n2020-01-03,2,\n2020-01-06,4,1.5\n2020-01-07,7,2.5\n',
);

describe('bars as a danfo.js frame', () => {
  it('has the columns of the bars and is indexed by open time', () => {
    const frame = barFrame(bars);
    expect(frame.shape).toEqual([4, 6]);
    expect(frame.columns).toEqual(['open', 'high', 'low', 'close', 'volume', 'factor']);
    expect(frame.index[1]).toBe('2020-01-03T00:00:00.000Z');
  });

  it('describes each column without its missing values', () => {
    const summary = Object.fromEntries(describeBars(bars).map((row) => [row.column, row]));
    expect(summary.close).toEqual({
      column: 'close',
      count: 4,
      missing: 0,
      mean: 3.5,
      std: expect.closeTo(2.6457513, 6),
      min: 1,
      median: 3,
      max: 7,
    });
    expect(summary.factor).toMatchObject({ count: 3, missing: 1, mean: 1.5, std: 1, min: 0.5, median: 1.5, max: 2.5 });
    expect(summary.open).toMatchObject({ count: 0, missing: 4, mean: null, median: null });
  });

  it('previews the first and last rows with null for missing', () => {
    const { head, tail } = previewBars(bars, 2);
    expect(head).toHaveLength(2);
    expect(head[1]).toEqual({
      time: '2020-01-03T00:00:00.000Z',
      open: null,
      high: null,
      low: null,
      close: 2,
      volume: null,
      factor: null,
    });
    expect(tail.map(({ close }) => close)).toEqual([4, 7]);
    expect(previewBars(bars, 9).head).toHaveLength(4);
  });
});
