import { StageCache } from '@assay/pipeline';
import type { BarColumns } from '@assay/domain';
import { documentOf, feature } from './documents';
import { heldTrial, randomPositions } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { BARS_A_YEAR, barsOf, DAILY_VOLATILITY, gjrReturns, streamOf, walkReturns } from './markets';
import { autoregressive, bandOf, planOf } from './model-trials';

/** Of the factor that the expected return of the next bar is proportional to. */
const FACTOR_PHI = 0.95;
/** Correlation of what two cells of a plateau see of the factor: they are on the same side on 90 % of the bars. */
export const CELL_CORRELATION = 0.95;

/** What the next bar's expected return has per unit of the factor, so that being on the side that a cell sees has the information ratio, a year. */
export function edgeOf(informationRatio: number, seen: number): number {
  const perBar = informationRatio ** 2 / BARS_A_YEAR;
  // E|f| = sqrt(2 / pi); a mean m of returns of variance s^2 + k^2 - m^2, m = k seen E|f|
  const captured = (seen ** 2 * 2) / Math.PI;
  return DAILY_VOLATILITY * Math.sqrt(perBar / (captured * (1 + perBar) - perBar));
}

export type Noise = 'clustered' | 'iid';

interface Planted {
  bars: BarColumns;
  factor: Float64Array;
}

/** A market without drift whose next return is expected to be `edge` times the factor that is known at the close. */
function planted(seed: string, n: number, edge: number, noise: Noise): Planted {
  const factor = autoregressive(streamOf(seed, 'factor'), n, FACTOR_PHI);
  const make = noise === 'clustered' ? gjrReturns : walkReturns;
  const returns = make(streamOf(seed, 'market'), n).map((shock, t) => shock + (t > 0 ? edge * factor[t - 1] : 0));
  return { bars: barsOf(returns), factor };
}

/** A market with rules that see its factor, each with an error of its own, and rules that see nothing. */
export function plantedRules(
  seed: string,
  n: number,
  { ir, noise, real, without }: { ir: number; noise: Noise; real: number; without: number },
): { bars: BarColumns; real: JudgedTrial[]; without: JudgedTrial[] } {
  const seen = Math.sqrt(CELL_CORRELATION);
  const { bars, factor } = planted(seed, n, edgeOf(ir, seen), noise);
  const cells = Array.from({ length: real }, (_, i) => {
    const error = autoregressive(streamOf(seed, 'cell', i), n, FACTOR_PHI);
    const side = factor.map((value, t) => seen * value + Math.sqrt(1 - CELL_CORRELATION) * error[t]);
    return new JudgedTrial(heldTrial(bars, side, true), `real ${i}`);
  });
  const rng = streamOf(seed, 'noise');
  const others = Array.from({ length: without }, (_, i) => {
    const isLongShort = rng.int(2) === 1;
    return new JudgedTrial(heldTrial(bars, randomPositions(rng, n), isLongShort), `noise ${i}`);
  });
  return { bars, real: cells, without: others };
}

const NOISE_INPUTS = 3;

/** A market with models that are fitted on its factor and on random columns, at different penalties. */
export function plantedModels(
  seed: string,
  n: number,
  { ir, noise, count }: { ir: number; noise: Noise; count: number },
): { bars: BarColumns; trials: JudgedTrial[] } {
  const { bars: plain, factor } = planted(seed, n, edgeOf(ir, 1), noise);
  const noises = Array.from({ length: NOISE_INPUTS }, (_, i) => [
    `noise_${i}`,
    autoregressive(streamOf(seed, 'column', i), n, FACTOR_PHI),
  ]);
  const bars = { ...plain, extra: { factor, ...(Object.fromEntries(noises) as BarColumns['extra']) } };
  const features = Object.keys(bars.extra).map((column) => feature(`input_${column}`, 'column', { column }));
  const memo = new StageCache();
  const trials = Array.from({ length: count }, (_, i) => {
    const model = planOf(features, 'logistic', 1, 10 ** (i - 1));
    const document = documentOf({ features, model, ruleTree: bandOf(0.5, 0), isLongShort: true });
    return new JudgedTrial({ document, bars }, `model ${i}`, memo);
  });
  return { bars, trials };
}
