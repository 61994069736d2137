import { calendarFor } from '@assay/market-data/calendars';
import { Decimal } from '@assay/primitives';
import { barOverMs } from '../bars/bar-over';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { PositionEntity } from '../records/positions/position.entity';
import { levelText, restingOf, type RestingState } from '../records/runs/resting-order';
import type { RestingEntryDto } from './deployment.response';

/** An expiry that is further away is told in bars alone. */
const MOST_BARS = 1000;

/** The entry order of the strategy that waits for its price; null while there is none, and once it has been filled. */
export function restingAnswer(
  { market, timeframe, status }: Pick<DeploymentEntity, 'market' | 'timeframe' | 'status'>,
  resting: RestingState | null,
  position: PositionEntity | null,
): RestingEntryDto | null {
  const order = restingOf(resting);
  if (!resting || !order || status === 'stopped' || !new Decimal(position?.qty ?? 0).isZero()) return null;
  const { side, type, level, barsLeft } = order;
  const calendar = calendarFor(market);
  let closeMs = barOverMs(calendar, resting.lastBar.getTime(), timeframe);
  for (let i = 0; i < Math.min(barsLeft, MOST_BARS); i += 1) closeMs = calendar.nextBarCloseMs(closeMs, timeframe);
  return {
    side: side > 0 ? 'BUY' : 'SELL',
    type,
    level: levelText(level),
    bars_left: barsLeft,
    expires_at: barsLeft > MOST_BARS ? null : new Date(closeMs).toISOString(),
  };
}
