import fc from 'fast-check';
import { distributionOf, drawCount, mostDraws } from './draws';

describe('drawCount', () => {
  it('is 1,000 or what the bars allow, never under 100', () => {
    expect([drawCount(2_500), drawCount(50_000), drawCount(1_000_000)]).toEqual([1000, 400, 100]);
    expect(drawCount(2_500, 5_000)).toBe(5_000);
    expect(drawCount(1_000_000, 100)).toBe(100);
    expect([mostDraws(12_500), mostDraws(1_000_000), mostDraws(0)]).toEqual([1600, 100, 20_000_000]);
  });

  it.each([
    [99, 'draws must be an integer of at least 100, was 99'],
    [100.5, 'draws must be an integer of at least 100, was 100.5'],
    [8_001, 'draws must be at most 8000 over 2500 bars, was 8001'],
  ])('refuses %p', (asked, message) => {
    expect(() => drawCount(2_500, asked)).toThrow(message);
  });
});

describe('distributionOf', () => {
  it('has quantiles, mean and the share that is at least as good, by hand', () => {
    const found = distributionOf(Float64Array.of(4, 1, NaN, 3, 2, 5), 4, 'higher');
    expect(found).toEqual({
      ...{ observed: 4, draws: 5, mean: 3, lower5: 1.2, lower25: 2, median: 3, upper75: 4, upper95: 4.8 },
      worst: 1,
      p: (1 + 2) / (1 + 5),
    });
    expect(distributionOf(Float64Array.of(4, 1, 3, 2, 5), 4, 'lower')).toMatchObject({
      p: (1 + 4) / (1 + 5),
      worst: 5,
    });
  });

  it('has none where nothing was drawn or observed', () => {
    expect(distributionOf(Float64Array.of(NaN), 1, 'higher')).toMatchObject({ draws: 0, median: null, p: null });
    expect(distributionOf(Float64Array.of(1), null, 'higher')).toMatchObject({ median: 1, p: null });
  });

  it('has a p of a uniform rank: any of exchangeable values is as probable as another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 30 }), (values) => {
        const ps = values.map(
          (observed, k) => distributionOf(Float64Array.from(values.filter((_, i) => i !== k)), observed, 'higher').p!,
        );
        expect([...ps].sort((a, b) => a - b)).toEqual(values.map((_, k) => (1 + k) / values.length));
      }),
    );
  });
});
