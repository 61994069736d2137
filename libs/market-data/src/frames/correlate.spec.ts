import { correlate, type Closes } from './correlate';

const DAY = 86_400_000;
const closesOf = (symbol: string, has: (i: number) => boolean, close: (i: number) => number, count = 120): Closes => {
  const at = Array.from({ length: count }, (_, i) => i).filter(has);
  return { symbol, openTimeMs: Float64Array.from(at, (i) => i * DAY), close: Float64Array.from(at, close) };
};
const a = (i: number): number => 100 + ((i * 7919) % 1009) / 7;
const b = (i: number): number => 50 + ((i * 6007) % 503) / 11 + a(i) / 9;
const c = (i: number): number => 20 + ((i * i) % 7);
const SERIES = [
  closesOf('A', (i) => i % 5 !== 2, a),
  closesOf('B', (i) => i % 7 !== 3, b),
  closesOf('C', (i) => i >= 10, c),
];

describe('correlations over the bars that all symbols have', () => {
  // numpy 2.4: corrcoef; scipy 1.17: spearmanr
  it.each([
    ['close', 'pearson', [0.32855819964416644, 0.017948791615364494, -0.052318125102668804]],
    ['close', 'spearman', [0.326429587482219, 0.009877304004865993, -0.03679518203614494]],
    ['returns', 'pearson', [0.34316619935882764, -0.038400282999203596, -0.1795600516469164]],
    ['returns', 'spearman', [0.732958163643095, 0.04422409117194055, -0.06077832476089808]],
  ] as const)('of %s by %s are those of numpy and scipy', (of, method, [ab, ac, bc]) => {
    const { matrix } = correlate(SERIES, of, method);
    const near = (value: number) => expect.closeTo(value, 13);
    expect(matrix).toEqual([
      [1, near(ab), near(ac)],
      [near(ab), 1, near(bc)],
      [near(ac), near(bc), 1],
    ]);
  });

  it('count the bars of each and in common', () => {
    expect(correlate(SERIES, 'returns', 'pearson')).toMatchObject({
      ...{ common_bars: 75, observations: 74, first: '1970-01-12T00:00:00.000Z', last: '1970-04-30T00:00:00.000Z' },
      overlap: [
        [96, 82, 88],
        [82, 103, 94],
        [88, 94, 110],
      ],
    });
    expect(correlate(SERIES, 'close', 'pearson').observations).toBe(75);
  });

  it('take a missing close for a missing bar', () => {
    const holes = closesOf(
      'H',
      () => true,
      (i) => (i % 2 === 0 ? NaN : a(i)),
      12,
    );
    const found = correlate([closesOf('A', () => true, a, 12), holes], 'close', 'pearson');
    expect([found.common_bars, found.matrix[0]![1]]).toEqual([6, expect.closeTo(1, 14)]);
  });

  it('are none of a symbol that does not vary', () => {
    const flat = closesOf(
      'F',
      () => true,
      () => 5,
      12,
    );
    expect(correlate([SERIES[0]!, flat], 'close', 'spearman').matrix).toEqual([
      [1, null],
      [null, null],
    ]);
  });

  it.each([
    ['returns', 3, 'symbols must have at least 4 bars in common, had 3 (of S 3, A 96)'],
    ['close', 2, 'symbols must have at least 3 bars in common, had 2 (of S 2, A 96)'],
  ] as const)('of %s refuse %i bars', (of, count, message) => {
    const short = closesOf('S', (i) => i % 5 !== 2 && i < (count === 3 ? 4 : 2), a);
    expect(() => correlate([short, SERIES[0]!], of, 'pearson')).toThrow(message);
    const longer = closesOf('S', (i) => i % 5 !== 2 && i < count + 2, a);
    expect(correlate([longer, SERIES[0]!], of, 'pearson').observations).toBe(3);
  });

  it('refuse symbols that never trade at the same time', () => {
    const late = closesOf('L', (i) => i % 5 === 2, a);
    expect(() => correlate([SERIES[0]!, late], 'close', 'pearson')).toThrow('had 0');
  });
});
