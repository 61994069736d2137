import type { BarColumns } from '@assay/domain';
import { barMarks, changedBars } from './bar-marks';

const DAY = 86_400_000;
const FIRST = Date.UTC(2020, 0, 1);

function made(count: number): BarColumns {
  const column = (base: number): Float64Array => Float64Array.from({ length: count }, (_, i) => base + i / 7);
  return {
    source: 'made',
    symbol: 'X',
    timeframe: '1d',
    openTimeMs: Float64Array.from({ length: count }, (_, i) => FIRST + i * DAY),
    ...{ open: column(1), high: column(3), low: column(0.5), close: column(2) },
    volume: new Float64Array(count).fill(NaN),
    extra: { b: column(9), a: column(8) },
  };
}

describe('the marks of bars', () => {
  const bars = made(700);
  const marks = barMarks(bars);
  const found = (other: BarColumns) => changedBars(bars.openTimeMs, marks, other);

  it('find nothing in the same bars, whatever memory they lie in', () => {
    const shared = new Float64Array(new SharedArrayBuffer(700 * 8));
    shared.set(bars.close);
    expect(found({ ...bars, close: shared })).toEqual({ changed: [], missing: [], added: [] });
  });

  it.each(['open', 'high', 'low', 'close', 'volume', 'a', 'b'])(
    'name the bar and the field of one bit in %s',
    (field) => {
      for (const bar of [0, 255, 256, 699]) {
        const other = made(700);
        const column = field.length === 1 ? other.extra[field]! : (other[field as 'open'] as Float64Array);
        const bits = new Uint32Array(column.buffer);
        bits[bar * 2] ^= 1;
        expect(found(other).changed).toEqual([{ openTimeMs: FIRST + bar * DAY, fields: [field] }]);
      }
    },
  );

  it('name each bar that is left out or added, and no other', () => {
    const without = (drop: number): BarColumns => {
      const other = made(700);
      const cut = (column: Float64Array): Float64Array => column.filter((_, i) => i !== drop);
      const { openTimeMs, open, high, low, close, volume, extra } = other;
      return {
        ...other,
        ...{ openTimeMs: cut(openTimeMs), open: cut(open), high: cut(high), low: cut(low), close: cut(close) },
        volume: cut(volume),
        extra: { a: cut(extra.a!), b: cut(extra.b!) },
      };
    };
    expect(found(without(300))).toEqual({ changed: [], missing: [FIRST + 300 * DAY], added: [] });
    const shorter = without(10);
    const back = changedBars(shorter.openTimeMs, barMarks(shorter), bars);
    expect(back).toEqual({ changed: [], missing: [], added: [FIRST + 10 * DAY] });
  });
});
