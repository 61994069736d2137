import { heldTrial } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { Ledger } from './ledger';
import { benchmarkOf } from './markets';
import { NULL_MARKETS, type NullKind } from './null-markets';

/** Which submissions one market promoted. */
export interface NullOutcome {
  best: boolean;
  /** The best one, were gate 3 to ask for its worst CPCV path. */
  bestOnWorstPath: boolean;
  any: boolean;
  buyAndHold: boolean;
}

/** One market of a kind, its ledgers of the first so many trials one after the other. */
export function nullOutcomes(kind: NullKind, seed: string, bars: number, sizes: readonly number[]): NullOutcome[] {
  const market = NULL_MARKETS[kind](seed, bars, Math.max(...sizes));
  const benchmark = benchmarkOf(market.bars);
  const held = new JudgedTrial(heldTrial(market.bars, new Float64Array(bars).fill(1), false), 'buy and hold');
  return sizes.map((size) => {
    const trials = market.trials.slice(0, size);
    const ledger = new Ledger(trials, benchmark);
    const best = ledger.promoted(ledger.best);
    return {
      best: best !== null,
      bestOnWorstPath: best?.onWorstPath === true,
      any: ledger.promotesAny,
      buyAndHold: new Ledger([held, ...trials], benchmark).promoted(0) !== null,
    };
  });
}
