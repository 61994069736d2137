import type { DeploymentDocument } from '@assay/contracts';
import { dateOfUtc } from '@assay/market-data/calendars';
import { invalid } from '@assay/primitives';
import type { SeriesInfo } from '../bars/series-store';
import type { ReplayEntity } from '../records/deployments/replay.entity';

/** The replay row of a new deployment. Sessions are counted when it starts. @throws DomainError validation_failed */
export function planReplay(
  replay: NonNullable<DeploymentDocument['replay']>,
  series: SeriesInfo | null,
): Omit<ReplayEntity, 'deploymentId'> {
  const refuse = (field: string, rule: string, value: unknown, message: string): never => {
    throw invalid([{ field, rule, value, message }]);
  };
  if (!series) refuse('replay', 'bars_exist', replay, 'replay needs stored bars of the ticker, there are none');
  const first = dateOfUtc(series!.firstBarMs);
  const last = dateOfUtc(series!.lastBarMs);
  if (replay.start > last || replay.end < first) {
    const message = `replay must overlap the stored bars ${first} to ${last}, was ${replay.start} to ${replay.end}`;
    refuse('replay', 'within_bars', { start: replay.start, end: replay.end }, message);
  }
  return {
    state: 'pending',
    startDate: replay.start,
    endDate: replay.end,
    sessionsTotal: 0,
    sessionsDone: 0,
    clockAt: null,
    error: null,
    updatedAt: new Date(),
  };
}
