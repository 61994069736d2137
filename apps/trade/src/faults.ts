import type { AppConfig } from '@assay/platform';

/** Points at which a test makes the worker fail; the configuration holds none unless ASSAY_ALLOW_FAULTS=1. */
export type FaultPoint = 'kill:after_intent' | 'kill:after_send' | 'send_before_intent';

export const hasFault = (config: Pick<AppConfig, 'faults'>, point: FaultPoint): boolean =>
  config.faults.includes(point);

/** Ends the process as a power cut would: no handler runs, nothing is flushed. */
export function dieAt(config: Pick<AppConfig, 'faults'>, point: FaultPoint): void {
  if (hasFault(config, point)) process.kill(process.pid, 'SIGKILL');
}
