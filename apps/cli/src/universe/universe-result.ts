import type { UniverseDocument, Warning } from '@assay/contracts';
import type { UniverseOutcome } from '@assay/pipeline';
import type { BarsFile } from '../input/bars-file';
import { accountingDocument, type Accounting } from '../output/accounting';
import { scoredFromDocument } from '../output/scored-from';

/** What the backtest of a universe prints. */
export interface UniverseView {
  document: UniverseDocument;
  outcome: UniverseOutcome;
  /** The bars of the panel. */
  file: BarsFile;
  accounting: Accounting;
  warnings: readonly Pick<Warning, 'message'>[];
}

export const timeOf = ({ file }: UniverseView, bar: number): string =>
  new Date(file.bars.openTimeMs[bar]).toISOString();

/** The result as one JSON document; times are those of the panel's bars. */
export function universeDocumentOf(view: UniverseView): Record<string, unknown> {
  const { outcome, file } = view;
  const { scored, evaluation, panel, options } = outcome;
  const [from] = scored;
  const n = panel.openTimeMs.length;
  return {
    metrics: outcome.metrics,
    reasons: outcome.reasons,
    buy_hold_metrics: outcome.buyHoldMetrics,
    buy_hold_reasons: outcome.buyHoldReasons,
    ...(outcome.benchmark
      ? { benchmark_metrics: outcome.benchmark.metrics, benchmark_reasons: outcome.benchmark.reasons }
      : {}),
    contributions: outcome.contributions.map(({ symbol, group, contribution, pnl, costs, byPrice, byFx, ...more }) => ({
      ...{ symbol, group, contribution, pnl, costs },
      ...(byPrice === undefined ? {} : { price: byPrice, fx: byFx }),
      trades: more.trades,
      ...{ bars_held: more.barsHeld, bars_missing: more.barsMissing },
    })),
    costs: outcome.costs,
    written_off: outcome.full.writtenOff,
    ...(outcome.fx ? { fx: outcome.fx } : {}),
    absences: outcome.absences.map(({ symbol, fromMs, toMs, missing }) => ({
      ...{ symbol, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), bars: missing },
    })),
    trades: outcome.trades.map((trade) => ({
      symbol: trade.symbol,
      side: trade.side,
      entry_time: timeOf(view, from + trade.entryIndex),
      exit_time: trade.exitIndex < 0 ? null : timeOf(view, from + trade.exitIndex),
      entry_price: trade.entryPrice,
      exit_price: trade.exitPrice,
      quantity: trade.quantity,
      gross_return: trade.grossReturn,
      net_return: trade.netReturn,
      fees: trade.fees,
      bars_held: trade.barsHeld,
      mae: trade.mae,
      mfe: trade.mfe,
      reason: trade.reason,
    })),
    decisions: evaluation.decisions
      .filter(({ bar }) => bar >= scored[0] && bar < scored[1])
      .map(({ bar }) => ({
        time: timeOf(view, bar),
        weights: Object.fromEntries(
          panel.symbols.flatMap((symbol, i) => {
            const weight = evaluation.weights[i * n + bar];
            return weight === 0 ? [] : [[symbol, weight]];
          }),
        ),
      })),
    equity: outcome.equity,
    gross: outcome.gross,
    net: outcome.net,
    warnings: view.warnings,
    accounting: { ...accountingDocument(view.accounting), capital: options.capital },
    scored_from: scoredFromDocument(outcome.scoredFrom, file),
    first_index: from,
  };
}
