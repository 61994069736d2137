import type { components } from '../api/generated/trade';
import { runsRefused } from './deployment-state';
import { StatusBadge } from './status-badge';

type Deployment = components['schemas']['DeploymentDto'];

/** What a deployment does: trades, waits, or has replayed past sessions; and what keeps it from sending orders. */
export function DeploymentBadges({ deployment }: { deployment: Deployment }) {
  const { replay, status, enabled, trading_state: account } = deployment;
  const stopped = status === 'stopped';
  return (
    <>
      {replay && !stopped ? (
        <StatusBadge
          status={`replay_${replay.state}`}
          tone={replay.state === 'failed' ? 'bad' : replay.state === 'completed' ? 'good' : 'busy'}
        />
      ) : runsRefused(deployment) ? (
        <StatusBadge status="runs_refused" tone="bad" />
      ) : (
        <StatusBadge status={status} />
      )}
      {!enabled && !stopped && <StatusBadge status="switched_off" tone="warning" />}
      {deployment.stale_bars && <StatusBadge status="no_new_bars" tone="warning" />}
      {account !== null && account !== 'ACTIVE' && (
        <StatusBadge status={`account_${account.toLowerCase()}`} tone="bad" />
      )}
    </>
  );
}
