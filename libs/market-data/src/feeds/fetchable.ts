import type { Timeframe } from '@assay/contracts';
import { invalidField } from '@assay/primitives';

/** Weeks and months are made of days: sources disagree on where they begin. @throws DomainError `validation_failed` for them */
export function requireFetchable(timeframe: Timeframe): void {
  if (timeframe !== '1w' && timeframe !== '1M') return;
  const message = `timeframe must be 1d or shorter for a feed, was ${timeframe}: sources disagree on where weeks and months begin, resample days`;
  throw invalidField('timeframe', 'fetchable', timeframe, message);
}
