import { createRng } from '../random';
import { combinations, pboCscv } from '.';

const T = 640;
const noise = (seed: number, drift = 0, n = T): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => drift + 0.01 * rng.normal());
};

/** The definition, with the blocks concatenated in time order and the Sharpe of the concatenation. */
function referencePbo(matrix: Float64Array[], blocks: number): { pbo: number; lossProbability: number } {
  const size = Math.floor(matrix[0].length / blocks);
  const sharpe = (series: Float64Array, chosen: number[]): { sharpe: number; mean: number } => {
    const values = chosen.flatMap((b) => [...series.slice(b * size, (b + 1) * size)]);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    return { sharpe: mean / Math.sqrt(variance), mean };
  };
  let low = 0;
  let losses = 0;
  const splits = combinations(blocks, blocks / 2);
  for (const chosen of splits) {
    const rest = Array.from({ length: blocks }, (_, b) => b).filter((b) => !chosen.includes(b));
    const inSample = matrix.map((series) => sharpe(series, chosen).sharpe);
    const selected = inSample.indexOf(Math.max(...inSample));
    const out = matrix.map((series) => sharpe(series, rest));
    const rank = out.filter((o) => o.sharpe <= out[selected].sharpe).length;
    if (Math.log(rank / (matrix.length + 1) / (1 - rank / (matrix.length + 1))) <= 0) low += 1;
    if (out[selected].mean < 0) losses += 1;
  }
  return { pbo: low / splits.length, lossProbability: losses / splits.length };
}

describe('pboCscv', () => {
  it('equals the definition over all splits', () => {
    const matrix = Array.from({ length: 7 }, (_, i) => noise(i + 1, i * 0.0002));
    const found = pboCscv(matrix, { blocks: 8 });
    expect(found.logits).toHaveLength(70);
    expect(found).toMatchObject(referencePbo(matrix, 8));
    expect(found.barsPerBlock).toBe(80);
  });

  it('drops the bars that fill no block, which are the last', () => {
    const matrix = Array.from({ length: 7 }, (_, i) => noise(i + 1, i * 0.0002, T + 7));
    const found = pboCscv(matrix, { blocks: 8 });
    expect(found).toEqual(
      pboCscv(
        matrix.map((series) => series.subarray(0, T)),
        { blocks: 8 },
      ),
    );
    expect(found).toMatchObject({ ...referencePbo(matrix, 8), barsPerBlock: 80 });
    // blocks that took the rest in, or were counted from the other end, would differ
    const late = matrix.map((series) => series.subarray(7));
    expect(found.logits).not.toEqual(pboCscv(late, { blocks: 8 }).logits);
    const wild = matrix.map((series, i) => series.map((x, t) => (t < T ? x : (-1) ** i * 0.5)));
    expect(pboCscv(wild, { blocks: 8 })).toEqual(found);
  });

  it('uses 16 blocks and 12,870 splits unless told', () => {
    expect(pboCscv([noise(1), noise(2)]).logits).toHaveLength(12_870);
  });

  it('is always 1 for a single trial', () => {
    expect(pboCscv([noise(3, 0.01)], { blocks: 8 })).toMatchObject({ pbo: 1, trials: 1, lossProbability: 0 });
  });

  it('is 0 when one trial dominates everywhere', () => {
    const matrix = [noise(1), noise(2, 0.02), noise(3), noise(4)];
    expect(pboCscv(matrix, { blocks: 8 })).toMatchObject({ pbo: 0, lossProbability: 0 });
  });

  it('shares the mean rank among identical trials', () => {
    const series = noise(5);
    // rank (3 + 1) / 2 of 4: exactly the middle
    expect(pboCscv([series, series, series], { blocks: 4 }).logits.every((logit) => logit === 0)).toBe(true);
  });

  it('takes leveraged copies of trials for ties', () => {
    const trials = Array.from({ length: 4 }, (_, i) => noise(40 + i, 0.0005));
    const copies = (sizes: number[]) =>
      pboCscv(
        trials.flatMap((x) => sizes.map((k) => x.map((r) => r * k))),
        { blocks: 8 },
      );
    const exact = copies([1, 1, 1]);
    // powers of two copy every bit, the others only nearly
    expect(copies([1, 2, 0.5])).toEqual(exact);
    expect(copies([1, 1.3, 0.7])).toMatchObject({
      pbo: exact.pbo,
      lossProbability: exact.lossProbability,
      logits: exact.logits,
    });
  });

  it('gives a flat trial the Sharpe 0 instead of NaN', () => {
    const found = pboCscv([new Float64Array(T), noise(6, -0.05)], { blocks: 8 });
    expect(found).toMatchObject({ pbo: 0, lossProbability: 0 });
  });

  it('refuses bad matrices by name', () => {
    expect(() => pboCscv([noise(1)], { blocks: 7 })).toThrow('blocks must be an even integer from 2 to 20, was 7');
    expect(() => pboCscv([noise(1, 0, 30)])).toThrow('matrix[0].length must be at least 32 bars for 16 blocks, was 30');
    expect(() => pboCscv([noise(1), noise(2, 0, 100)])).toThrow('matrix[1].length must be 640 like the first, was 100');
    const holed = noise(1);
    holed[17] = NaN;
    expect(() => pboCscv([holed])).toThrow('matrix[0] must be free of NaN');
  });
});
