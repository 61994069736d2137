import type { SessionCalendar } from '@assay/market-data/calendars';
import { barOverMs } from '../bars/bar-over';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';

/** The bar in which what the last evaluation left behind counts. */
export interface AfterClose {
  /** Close of the newest evaluated bar. */
  closeMs: number;
  /** The same as ISO-8601: the trigger key of everything that its entry order sends. */
  key: string;
  /** When the bar after it opens. */
  openMs: number;
}

export function afterClose(
  { lastBar }: Pick<EvaluatorStateEntity, 'lastBar'>,
  { timeframe }: Pick<DeploymentEntity, 'timeframe'>,
  calendar: SessionCalendar,
): AfterClose {
  const closeMs = barOverMs(calendar, lastBar.getTime(), timeframe);
  return { closeMs, key: new Date(closeMs).toISOString(), openMs: calendar.nextBarOpenMs(closeMs, timeframe) };
}
