import type { components as Research } from '../../api/generated/research';
import type { components as Trade } from '../../api/generated/trade';
import { formatDuration, formatTime } from '../../format/time';
import { inWords } from '../../format/words';
import { jobWords } from '../../jobs/job-words';

type Account = Trade['schemas']['AccountDto'];
type Deployment = Trade['schemas']['DeploymentDto'];
type Job = Research['schemas']['ListedJobDto'];
type Health = Trade['schemas']['HealthDto'];
type Subscription = Research['schemas']['SubscriptionDto'];

export interface Alert {
  id: string;
  severity: 'bad' | 'warning';
  title: string;
  /** In the words of whoever noticed it. */
  detail: string;
  to: '/' | '/deployments' | '/settings' | '/jobs' | '/data';
}

interface Facts {
  accounts: readonly Account[];
  deployments: readonly Deployment[];
  subscriptions: readonly Subscription[];
  /** Failed ones, newest first. */
  failedJobs: readonly Job[];
  services: readonly Health[];
  now: number;
}

const DAY_MS = 86_400_000;
const nameOf = ({ ticker, broker, paper }: Deployment) => `${ticker} on ${broker}${paper ? ' (paper)' : ''}`;

function ofDeployment(deployment: Deployment): Alert[] {
  const { deployment_id: id, sync, sync_reason: reason, status, stale_bars: stale } = deployment;
  const alerts: Alert[] = [];
  if (sync !== 'in_sync') {
    alerts.push({
      id: `sync ${id}`,
      severity: sync === 'frozen' ? 'bad' : 'warning',
      title: `${nameOf(deployment)} is ${sync}`,
      detail: reason ?? 'The broker and the ledger disagree.',
      to: '/deployments',
    });
  }
  if (stale) {
    alerts.push({
      id: `bars ${id}`,
      severity: 'warning',
      title: `${nameOf(deployment)} has had no new bars since ${formatTime(stale.newest_bar, { zone: 'UTC', detail: 'date' })}`,
      detail: 'It is active and decides nothing without them: import newer bars, mend its feed, or stop it.',
      to: '/deployments',
    });
  }
  if (status === 'created') {
    alerts.push({
      id: `confirm ${id}`,
      severity: 'warning',
      title: `${nameOf(deployment)} waits for its confirmation`,
      detail: 'It trades once its challenge is answered with the trade password.',
      to: '/deployments',
    });
  }
  return alerts;
}

function ofAccount({ account_id: id, name, trading_state: state, trading_state_reason: reason }: Account): Alert[] {
  if (state === 'ACTIVE') return [];
  return [
    {
      id: `account ${id}`,
      severity: state === 'HALTED' ? 'bad' : 'warning',
      title: state === 'HALTED' ? `${name} is halted` : `${name} only reduces positions`,
      detail: reason ?? 'No reason was given.',
      to: '/settings',
    },
  ];
}

function ofSubscription({ id, symbol, timeframe, freshness, enabled, last_error: error }: Subscription): Alert[] {
  if (freshness.fresh || !enabled) return [];
  return [
    {
      id: `subscription ${id}`,
      severity: 'warning',
      title: `${symbol} ${timeframe} is late`,
      detail:
        `The newest bar has been missing for ${formatDuration(freshness.late_by_s * 1000)}. ${error ?? ''}`.trim(),
      to: '/data',
    },
  ];
}

function ofService({ service, checks }: Health): Alert[] {
  return Object.entries(checks)
    .filter(([, { status }]) => status !== 'ok')
    .map(([check, { status, waiting_s: waiting }]) => ({
      id: `service ${service} ${check}`,
      severity: status === 'failed' ? 'bad' : 'warning',
      title: `${inWords(service)}: ${check} ${status}`,
      detail:
        status === 'delayed'
          ? `The oldest has been waiting for ${formatDuration((waiting ?? 0) * 1000)}: look whether the worker runs.`
          : 'It does not answer: look into the log of the service.',
      to: '/',
    }));
}

/** What somebody should look at: the bad first. Failed jobs count for a day. */
export function alertsOf({ accounts, deployments, subscriptions, failedJobs, services, now }: Facts): Alert[] {
  const jobs = failedJobs
    .filter(({ finished_at: at }) => at !== null && now - new Date(at).getTime() < DAY_MS)
    .map((job): Alert => ({
      id: `job ${job.id}`,
      severity: 'warning',
      title: `${jobWords(job.kind)} failed`,
      detail: job.error?.detail ?? 'No reason was given.',
      to: '/jobs',
    }));
  const all = [
    ...services.flatMap(ofService),
    ...accounts.flatMap(ofAccount),
    ...deployments.flatMap(ofDeployment),
    ...subscriptions.flatMap(ofSubscription),
    ...jobs,
  ];
  return [...all.filter(({ severity }) => severity === 'bad'), ...all.filter(({ severity }) => severity !== 'bad')];
}
