import {
  DEFAULT_RISK_LIMITS,
  riskLimitSpecs,
  type EffectiveRiskLimits,
  type RiskLimitName,
  type RiskLimits,
} from '@assay/contracts';
import { Decimal } from '@assay/primitives';

/** What is stated, the defaults elsewhere; a stop that nobody stated is none. */
export const effectiveRiskLimits = (stated: RiskLimits | undefined): EffectiveRiskLimits => ({
  ...DEFAULT_RISK_LIMITS,
  ...stated,
});

/** The limits of which `next` allows more than `now` does. */
export function loosenedRiskLimits(now: RiskLimits, next: RiskLimits, specs = riskLimitSpecs): RiskLimitName[] {
  const [before, after] = [effectiveRiskLimits(now), effectiveRiskLimits(next)];
  const loosened = specs.filter(([name, { allowsMore }]) => {
    // no limit allows everything
    const change = new Decimal(after[name] ?? Infinity).comparedTo(before[name] ?? Infinity);
    return allowsMore === 'larger' ? change > 0 : change < 0;
  });
  return loosened.map(([name]) => name);
}
