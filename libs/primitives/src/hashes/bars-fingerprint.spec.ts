import { barsFingerprint, type FingerprintedBars } from './bars-fingerprint';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const bars: FingerprintedBars & { symbol: string } = {
  symbol: 'X',
  timeframe: '1d',
  openTimeMs: of(1_577_923_200_000, 1_578_009_600_000),
  open: of(1, 1),
  high: of(2, 2),
  low: of(0.5, 0.5),
  close: of(1.5, 1.5),
  volume: of(10, NaN),
  extra: { b: of(1, NaN), a: of(2, 3) },
};

describe('the fingerprint of bars', () => {
  it('is the one that series, runs and evidence were stored under', () => {
    expect(barsFingerprint(bars)).toBe('7e2f13f829cc1243a188d5152321f2cbc167483d00743336921fd5e768b70300');
  });

  it('changes with any value, any column name, the timeframe and the range, not with the symbol or the order of extras', () => {
    const { a, b } = bars.extra;
    const others: [FingerprintedBars, number?, number?][] = [
      [{ ...bars, close: of(1.5, 1.5000000000000002) }],
      [{ ...bars, extra: { c: a!, b: b! } }],
      [{ ...bars, timeframe: '1h' }],
      [bars, 0, 1],
      [bars, 1, 2],
    ];
    const prints = [barsFingerprint(bars), ...others.map((args) => barsFingerprint(...args))];
    expect(new Set(prints).size).toBe(6);
    const named = { ...bars, symbol: 'Y', extra: { a: a!, b: b! } };
    expect(barsFingerprint(named)).toBe(prints[0]);
  });

  it('of a range is that of the bars alone', () => {
    const part = (column: Float64Array): Float64Array => column.slice(1, 2);
    const alone = {
      timeframe: '1d',
      openTimeMs: part(bars.openTimeMs),
      open: part(bars.open),
      high: part(bars.high),
      low: part(bars.low),
      close: part(bars.close),
      volume: part(bars.volume),
      extra: { a: part(bars.extra.a!), b: part(bars.extra.b!) },
    };
    expect(barsFingerprint(bars, 1, 2)).toBe(barsFingerprint(alone));
  });
});
