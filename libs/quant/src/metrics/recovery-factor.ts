import { maxDrawdown } from './max-drawdown';
import { totalReturn } from './total-return';

/** Total return / max drawdown, not annualised; null without a drawdown and where these are. */
export function recoveryFactor(returns: Float64Array): number | null {
  const depth = maxDrawdown(returns);
  return depth === null || depth === 0 ? null : (totalReturn(returns) as number) / depth;
}
