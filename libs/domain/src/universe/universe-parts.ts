import type { PortfolioRule } from '@assay/contracts';
import { indicators, type Indicator } from '@assay/quant';
import type { FeatureRuntime, StageMemo } from '../evaluator';
import type { Calendar } from '../ports';

/** What a universe document needs beside its bars. */
export interface UniverseParts {
  /** Of the document's features, in their order; each symbol's bars run through them alone. */
  features: readonly FeatureRuntime[];
  /** Of the document's market. */
  calendar: Calendar;
  /** What evaluations over the same panel have in common; absent where none is shared. */
  shared?: SharedColumns;
}

export interface SharedColumns {
  memo: StageMemo;
  /** Of each feature what names everything that its values depend on but the bars. */
  featureKeys: readonly string[];
}

/** The volatility that inverse-volatility weights read: sample standard deviation of the symbol's own returns. */
export function volatilityOf(rule: PortfolioRule): { indicator: Indicator; params: Record<string, number> } | null {
  if (rule.kind !== 'ranked' || rule.weighting.kind !== 'inverse_volatility') return null;
  const indicator = indicators.get('realised_volatility');
  if (!indicator) throw new Error('the indicator realised_volatility is missing');
  return { indicator, params: { window: rule.weighting.window, periods_per_year: 1 } };
}

/** Throws RangeError when the features are not the document's: an invariant of the caller, not of a user. */
export function checkParts(names: readonly string[], { features }: UniverseParts): void {
  const given = features.map(({ name }) => name);
  if (names.join() !== given.join()) throw new RangeError(`features must be ${names.join()}, were ${given.join()}`);
}

/** Bars before which no symbol can have a weight. */
export function universeLookback(rule: PortfolioRule, features: readonly FeatureRuntime[]): number {
  if (rule.kind === 'pairs') {
    const { hedge } = rule;
    if (hedge.kind === 'kalman') return hedge.min_bars;
    return (hedge.kind === 'rolling_ols' ? hedge.window : hedge.min_bars) + hedge.z_window - 1;
  }
  const volatility = rule.weighting.kind === 'inverse_volatility' ? rule.weighting.window : 0;
  return Math.max(volatility, ...features.map(({ lookback }) => lookback), 0);
}
