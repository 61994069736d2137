import type { ResearchJobs } from './research-jobs';
import type { TradeJobs } from './trade-jobs';

/** What each job kind is given and what it leaves, by the service whose workers run it. */
export interface ServiceJobs {
  research: ResearchJobs;
  trade: TradeJobs;
}
export type JobService = keyof ServiceJobs;

interface JobMap extends ResearchJobs, TradeJobs {}
export type JobKind = keyof JobMap;
export type JobPayload<K extends JobKind> = JobMap[K]['payload'];
export type JobResult<K extends JobKind> = JobMap[K]['result'];

/** A kind that is in the map and not here, or here and not in the map, is no program. */
const KINDS: { readonly [S in JobService]: Readonly<Record<keyof ServiceJobs[S], true>> } = {
  research: {
    'feature.generate': true,
    'model.train': true,
    'model.tune': true,
    'signal.generate': true,
    'backtest.execute': true,
    'backtest.sweep': true,
    'backtest.sweep_shard': true,
    'validation.walk_forward': true,
    'validation.cpcv': true,
    'data.import': true,
  },
  trade: { 'deployment.run': true, 'deployment.replay': true, reconcile: true },
};

/** Every kind that a worker of the service must have a handler for. */
export const jobKindsOf = (service: JobService): JobKind[] => Object.keys(KINDS[service]) as JobKind[];

export const jobServiceOf = (kind: JobKind): JobService => (Object.hasOwn(KINDS.trade, kind) ? 'trade' : 'research');
