import type { BacktestResultsDocument, ParamValue, StrategyDocument } from '@assay/contracts';
import { walkForwardSummary } from '../validation';
import type { MarketNote } from './market-note';
import type { SearchedFold, WalkForwardSearchOutcome } from './walk-forward-choice';

type Named = Record<string, ParamValue>;
type Block = NonNullable<BacktestResultsDocument['walk_forward']>;

/** What both the CLI and the API tell of a walk-forward that searches; windows and equity are told by each in its own way. */
export function searchFields(
  outcome: WalkForwardSearchOutcome,
  document: StrategyDocument | null,
): Record<'stitched' | 'stability' | 'best' | 'walk_forward' | 'summary', Record<string, unknown> | null> {
  const { stitched, stability, layout, best, cells, by, scored } = outcome;
  return {
    stitched: { metrics: stitched.metrics, reasons: stitched.reasons },
    stability: {
      same_choice: stability.sameChoice,
      mean_distance: stability.meanDistance,
      parameters: stability.parameters.map(({ path, values, distinct, range, meanStep }) => ({
        ...{ path, values, distinct, range },
        mean_step: meanStep,
      })),
    },
    best: best && { fold: best.fold + 1, params: namedParams(outcome, best.params) },
    walk_forward: walkForwardBlock(outcome, document),
    summary: {
      ...{ cells, by },
      ...walkForwardSummary(outcome),
      scored,
      ...layout,
    },
  };
}

/** The same of one fold, without its windows. */
export function searchedFoldFields(outcome: WalkForwardSearchOutcome, fold: SearchedFold): Record<string, unknown> {
  const { regime, market } = fold;
  return {
    params: fold.cell === null ? null : namedParams(outcome, fold.params),
    selected: fold.selected,
    idle_cells: fold.idle,
    is_sharpe: fold.isSharpe,
    oos_sharpe: fold.oosSharpe,
    oos_return: fold.oosReturn,
    oos_max_drawdown: fold.oosMaxDrawdown,
    reasons: fold.reasons,
    oos_median: fold.oosMedian,
    oos_beaten: fold.oosBeaten,
    market: { train: marketFields(market.train), test: marketFields(market.test) },
    regime: {
      volatility_ratio: regime.volatilityRatio,
      ...{ train: regime.train, test: regime.test, changed: regime.changed, words: regime.words },
    },
  };
}

const marketFields = ({ totalReturn, volatility, trend }: MarketNote): Record<string, number | null> => ({
  ...{ total_return: totalReturn, volatility, trend },
});

const namedParams = ({ stability }: WalkForwardSearchOutcome, params: readonly ParamValue[]): Named =>
  Object.fromEntries(stability.parameters.map(({ path }, p) => [path, params[p]!]));

const WINDOWS = ['window'];
const SIGNALS = ['signal', 'threshold', 'value'];

/**
 * The block of backtest results: the newest choice, and the mean Sharpe ratios of all folds. The window and the signal are the first swept
 * parameters that are one; where none is, those of the first substrategy; absent where there is neither.
 */
export function walkForwardBlock(outcome: WalkForwardSearchOutcome, document: StrategyDocument | null): Block {
  const { best, stability, meanIs, meanOos, overfittingRatio } = outcome;
  const swept = (names: readonly string[]): number | undefined => {
    const at = stability.parameters.findIndex(({ path }) => names.includes(path.split('.').at(-1)!));
    const value = at < 0 ? undefined : best?.params[at];
    return typeof value === 'number' ? value : undefined;
  };
  const own = document && 'substrategies' in document ? document.substrategies[0] : undefined;
  const window = best ? (swept(WINDOWS) ?? own?.window) : undefined;
  const signal = best ? (swept(SIGNALS) ?? own?.signal) : undefined;
  return {
    ...(window === undefined ? {} : { best_window: window }),
    ...(signal === undefined ? {} : { best_signal: signal }),
    ...{ is_sharpe: meanIs, oos_sharpe: meanOos, overfitting_ratio: overfittingRatio },
  };
}
