import type { Clock } from '@assay/domain';
import type { ReplayEntity } from '../records/deployments/replay.entity';

/** A replay lives in its own time; everything else in ours. */
export function clockOf(replay: Pick<ReplayEntity, 'clockAt'> | null): Clock {
  const frozenAt = replay?.clockAt?.getTime();
  return { nowMs: () => frozenAt ?? Date.now() };
}
