import type { ZodType } from 'zod';
import { WireDocument, type Stated, type Zod } from '../schema/wire-document';
import { RESEARCH_JOBS } from './research-jobs';
import { TRADE_JOBS } from './trade-jobs';

/** What each job kind is given and what it leaves, by the service whose workers run it. */
const JOBS = { research: RESEARCH_JOBS, trade: TRADE_JOBS };
export type JobService = keyof typeof JOBS;

type JobMap = typeof RESEARCH_JOBS & typeof TRADE_JOBS;
export type JobKind = keyof JobMap;
export type JobPayload<K extends JobKind> = Stated<JobMap[K]['payload']>;
export type JobResult<K extends JobKind> = Stated<JobMap[K]['result']>;
/** Kind of the shards that a job of the kind goes on in; never, where it has none. */
export type ShardKind<K extends JobKind> = JobMap[K] extends { shards: infer S extends JobKind } ? S : never;
/** Kinds that a schedule may submit: each tick adds its `due_at` to the payload. */
export type ScheduledKind = { [K in JobKind]: 'due_at' extends keyof JobPayload<K> ? K : never }[JobKind];

/** Every kind that a worker of the service must have a handler for. */
export const jobKindsOf = (service: JobService): JobKind[] => Object.keys(JOBS[service]) as JobKind[];

export const jobServiceOf = (kind: JobKind): JobService => (Object.hasOwn(TRADE_JOBS, kind) ? 'trade' : 'research');

/** The readers of a kind's payload and result. */
export interface JobDocuments<K extends JobKind = JobKind> {
  payload: { parse(input: unknown): JobPayload<K> };
  result: { parse(input: unknown): JobResult<K> };
}

const documents = new Map(
  Object.entries({ ...RESEARCH_JOBS, ...TRADE_JOBS }).map(([kind, { payload, result }]) => {
    const document = (part: string, schema: (z: Zod) => ZodType) =>
      new WireDocument(`urn:assay:schema:job:${kind}:${part}:v1`, schema);
    return [kind, { payload: document('payload', payload), result: document('result', result) }];
  }),
);

export const jobDocuments = <K extends JobKind>(kind: K): JobDocuments<K> => documents.get(kind)! as JobDocuments<K>;
