import type { BarColumns } from '@assay/domain';
import {
  buyAndHoldReturns,
  computeMetrics,
  type Protection,
  readsBars,
  runEngine,
  runTemplateOrders,
  templateTargets,
  type Costs,
  type EngineName,
  type EngineResult,
  type FillRule,
  type MetricsResult,
  type SweepTemplate,
} from '@assay/quant';

export interface TemplateRun {
  template: SweepTemplate;
  first: number;
  second: number;
  engine: EngineName;
  fill: FillRule;
  costs: Costs;
  /** Sends the run through the order engine: fill `close`. */
  protection?: Protection;
}

/** One template on all bars, accounting `all_in`. Throws RangeError that names a parameter the template excludes. */
export function runTemplate(
  bars: Pick<BarColumns, 'openTimeMs' | 'open' | 'high' | 'low' | 'close'>,
  run: TemplateRun,
): EngineResult {
  const { openTimeMs, open, high, low, close } = bars;
  const targets = templateTargets(run.template, close, run.first, run.second);
  const { engine, fill, costs, protection } = run;
  if (protection !== undefined) {
    // closes alone serve a size
    const whole = [open, high, low].every((column) => !column.some(Number.isNaN));
    const ohlc = whole || readsBars(protection) ? { open, high, low } : undefined;
    return runTemplateOrders(close, ohlc, targets, protection, costs);
  }
  return runEngine(engine, { openTimeMs, open, high, low, close, targets, mode: 'all_in', fill, costs });
}

export interface Scores {
  own: MetricsResult;
  buyHold: MetricsResult;
  /** Returns of buy and hold. */
  hold: Float64Array;
}

/** What a template is told against, beside buy and hold. */
export interface ComparedReturns {
  benchmark?: { returns: Float64Array };
  riskFreeReturns?: Float64Array;
}

export function scoreAgainstBuyAndHold(
  result: EngineResult,
  close: Float64Array,
  periodsPerYear: number,
  { benchmark, riskFreeReturns }: ComparedReturns = {},
): Scores {
  const hold = buyAndHoldReturns(close);
  const { returns, positions, trades } = result;
  return {
    own: computeMetrics({
      ...{ returns, periodsPerYear, positions, trades, riskFreeReturns },
      benchmarkReturns: benchmark?.returns ?? hold,
    }),
    buyHold: computeMetrics({ returns: hold, periodsPerYear, riskFreeReturns }),
    hold,
  };
}
