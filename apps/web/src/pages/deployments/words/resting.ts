import { formatPrice } from '../../../format/number';
import { formatTime } from '../../../format/time';
import type { DeploymentDetail } from '../queries';

/** The entry order that a deployment waits with; null where it has none. */
export function restingWords(resting: DeploymentDetail['resting_entry']): string | null {
  if (resting === null) return null;
  const { side, type, level, bars_left: bars, expires_at: until } = resting;
  const end = until === null ? `for ${bars} more bars` : `until ${formatTime(until, { named: true })}`;
  return `Waits to ${side === 'BUY' ? 'buy' : 'sell'} at ${formatPrice(level)} (${type}) ${end}`;
}
