import fc from 'fast-check';
import { createRng } from '../random';
import { returnVolatility, SequentialBootstrap, timeDecayWeights, tripleBarrierLabels } from '.';

/** Lopez de Prado's algorithm as he states it: the average uniqueness of each row with those drawn so far, from nothing. */
function plainDraws(starts: number[], ends: number[], seed: number): number[] {
  const rng = createRng(seed);
  const counts = starts.map(() => 0);
  for (let d = 0; d < starts.length; d++) {
    const uniqueness = starts.map((start, i) => {
      let sum = 0;
      for (let t = start; t <= ends[i]; t++) {
        const alive = counts.reduce((n, count, j) => n + (starts[j] <= t && t <= ends[j] ? count : 0), 0);
        sum += 1 / (alive + 1);
      }
      return sum / (ends[i] - start + 1);
    });
    let rest = rng.next() * uniqueness.reduce((a, b) => a + b, 0);
    let row = 0;
    while (row < starts.length - 1 && rest >= uniqueness[row]) rest -= uniqueness[row++];
    counts[row]++;
  }
  return counts;
}

describe('the sequential bootstrap', () => {
  it('draws what the plain algorithm draws', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 90 }), fc.nat(), (spans, seed) => {
        spans.sort((a, b) => a[0] - b[0]);
        const starts = spans.map(([start]) => start);
        const ends = spans.map(([start, length]) => start + length);
        const drawn = new Int32Array(spans.length);
        const bootstrap = new SequentialBootstrap({ starts: Int32Array.from(starts), ends: Int32Array.from(ends) });
        bootstrap.draw(createRng(seed + 1), drawn);
        bootstrap.draw(createRng(seed), drawn);
        expect([...drawn]).toEqual(plainDraws(starts, ends, seed));
      }),
      { numRuns: 60 },
    );
  });

  it('gives more unique samples than drawing each row alike', () => {
    // nine rows of the same bars and nine alone
    const starts = Int32Array.from({ length: 18 }, (_, i) => (i < 9 ? 0 : 10 * (i - 8)));
    const ends = starts.map((start) => start + 3);
    const counts = new Int32Array(18);
    let alone = 0;
    const rng = createRng(3);
    for (let run = 0; run < 200; run++) {
      new SequentialBootstrap({ starts, ends }).draw(rng, counts);
      for (let i = 9; i < 18; i++) alone += counts[i];
    }
    expect(alone / 200 / 18).toBeGreaterThan(0.6);
  });
});

describe('time decay', () => {
  it('falls in the uniqueness that has gathered since, not in rows', () => {
    expect([...timeDecayWeights(Float64Array.of(1, 1, 0.5, 0.5), 0.4)]).toEqual(
      [1 / 3, 2 / 3, 2.5 / 3, 1].map((part) => expect.closeTo(0.4 + 0.6 * part, 12)),
    );
    expect(timeDecayWeights(Float64Array.of(1, 1), 0)[0]).toBe(0.5);
  });
});

describe('barriers of their own width and side', () => {
  const close = Float64Array.of(100, 101, 103, 99, 98);

  it('lie that many widths away, the upper one where the side gains', () => {
    const of = (widths: number[], sides: number[]) =>
      tripleBarrierLabels({ close, events: [0, 0, 0], upper: 2, lower: 1, widths, sides, horizon: 4 });
    expect(of([0.015, 0.05, 0.01], [1, 1, -1]).map(({ end, touched }) => [end, touched])).toEqual([
      [2, 1],
      [4, 0],
      [1, -1],
    ]);
    expect(of([0.01, 0.01, 0.005], [1, 1, -1])[2]).toMatchObject({ end: 1, touched: -1, value: expect.closeTo(0.01) });
  });
});

it('return volatility is the sample deviation of the last returns', () => {
  const close = Float64Array.of(100, 110, 99, 108.9);
  const [a, b, c] = [0.1, -0.1, 0.1];
  const mean = (a + b + c) / 3;
  const expected = Math.sqrt(((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2) / 2);
  expect([...returnVolatility(close, 3)]).toEqual([NaN, NaN, NaN, expect.closeTo(expected, 12)]);
});
