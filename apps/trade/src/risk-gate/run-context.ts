import type { Clock } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { VenueFacts } from './venue-facts';

/** What every look at a deployment rests on: put together once, handed on to whoever judges, plans or sends. */
export interface RunContext {
  deployment: DeploymentEntity;
  calendar: SessionCalendar;
  clock: Clock;
  /** Asked before the transaction: a venue is never asked inside of one. */
  venue: VenueFacts;
}
