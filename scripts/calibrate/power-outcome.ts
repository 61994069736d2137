import type { JudgedTrial } from './judged-trial';
import { Ledger } from './ledger';
import { benchmarkOf } from './markets';
import { plantedModels, plantedRules, type Noise } from './power-markets';

/** What is searched: `real` trials that have the edge among all of them. */
export interface PowerShape {
  shape: string;
  noise: Noise;
  /** Rules, or models that are fitted. */
  of: 'rules' | 'models';
  trials: number;
  real: number;
}

/** Which trial was submitted, and what became of it. */
export interface PowerOutcome {
  /** The best trial was one with the edge, and was promoted. */
  found: boolean;
  /** Were gate 3 to ask for its worst CPCV path. */
  foundOnWorstPath: boolean;
  /** The best trial was one without the edge, and was promoted. */
  mistaken: boolean;
}

/** One market with the edge, its searches one after the other. Of shapes on the same market the trials are the same. */
export function powerOutcomes(shapes: readonly PowerShape[], ir: number, seed: string, n: number): PowerOutcome[] {
  const [{ noise, of }] = shapes;
  const most = (count: (shape: PowerShape) => number): number => Math.max(...shapes.map(count));
  if (of === 'models') {
    const { bars, trials } = plantedModels(seed, n, { ir, noise, count: most(({ trials: all }) => all) });
    return shapes.map(({ trials: count }) => outcomeOf(trials.slice(0, count), [], benchmarkOf(bars)));
  }
  const market = plantedRules(seed, n, {
    ...{ ir, noise, real: most(({ real }) => real) },
    without: most(({ trials, real }) => trials - real),
  });
  const benchmark = benchmarkOf(market.bars);
  return shapes.map(({ trials, real }) =>
    outcomeOf(market.real.slice(0, real), market.without.slice(0, trials - real), benchmark),
  );
}

function outcomeOf(
  real: readonly JudgedTrial[],
  without: readonly JudgedTrial[],
  benchmark: ReturnType<typeof benchmarkOf>,
): PowerOutcome {
  const ledger = new Ledger([...real, ...without], benchmark);
  const { best } = ledger;
  const promotion = ledger.promoted(best);
  const isReal = best < real.length;
  return {
    found: isReal && promotion !== null,
    foundOnWorstPath: isReal && promotion?.onWorstPath === true,
    mistaken: !isReal && promotion !== null,
  };
}
