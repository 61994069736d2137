import type { ExplainedBar, ExplainedRule, StrategyDocument } from '@assay/contracts';
import { explainBar, type BarColumns, type ExplainedLeaf, type ExplainedNode } from '@assay/domain';
import { invalid } from '@assay/primitives';
import { barUntil } from '../backtest';
import { backtestPredictions, evaluatePrepared, prepareStrategy } from '../evaluator';

export interface ExplainInput {
  document: StrategyDocument;
  bars: BarColumns;
  /** Bytes of the fitted model; null: predictions by refits, as in a backtest. */
  artifact?: Uint8Array | null;
  /** Date or ISO-8601 time: the last bar that opened by then, on a date by its end, is explained. Default: the last bar. */
  at?: string;
}

const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

/**
 * Why a strategy stands where it does after one bar, from the evaluation that a backtest has.
 * @throws DomainError `validation_failed` for a time that is none, or that lies before the first bar.
 */
export function explainStrategy({ document, bars, artifact = null, at }: ExplainInput): ExplainedBar {
  const index = at === undefined ? bars.openTimeMs.length - 1 : barUntil(bars.openTimeMs, at);
  if (index < 0) {
    const message = `at must not lie before the first bar, was ${at ?? 'no bar at all'}`;
    throw invalid([{ field: 'at', rule: 'has_bar', value: at ?? null, message }]);
  }
  const prepared = prepareStrategy(document, bars);
  const evaluation = evaluatePrepared(prepared, backtestPredictions(prepared, artifact));
  const explained = explainBar(document, prepared.parts, evaluation, bars, index);
  return {
    bar_time: new Date(explained.openTimeMs).toISOString(),
    index,
    lookback: explained.lookback,
    close: orNull(bars.close[index]!),
    decision: explained.decision,
    why: explained.why,
    signal: orNull(explained.signal),
    weight: orNull(explained.weight),
    sizing: { ...explained.sizing, size: orNull(explained.size) },
    features: Object.fromEntries(Object.entries(explained.features).map(([name, value]) => [name, orNull(value)])),
    prediction: orNull(explained.prediction),
    groups:
      explained.groups?.map(({ action, isReached, decides, ...branch }) => ({
        ...{ action, reached: isReached, decides },
        ...nodeDocument(branch),
      })) ?? null,
    substrategies:
      explained.substrategies?.map(({ signalFunction, value, signal, ...rest }) => ({
        ...{ ...rest, value: orNull(value), signal_function: signalFunction, signal: orNull(signal) },
      })) ?? null,
  };
}

function nodeDocument(node: ExplainedNode): ExplainedRule {
  if (!('rules' in node)) return leafDocument(node);
  const { path, truth, combinator, rules } = node;
  return { path, truth, combinator, rules: rules.map(nodeDocument) };
}

const leafDocument = ({ path, truth, rule, left, right, before, why }: ExplainedLeaf): ExplainedRule => ({
  ...{ path, truth, rule, left: orNull(left), right: orNull(right) },
  ...(before && { before: { left: orNull(before.left), right: orNull(before.right) } }),
  why,
});
