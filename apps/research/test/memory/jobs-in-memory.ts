import { jobServiceOf, type JobKind, type JobState } from '@assay/contracts';
import type { JobRow, Jobs, NewJob } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import { copy } from './no-connection';

const isOpen = ({ state }: JobRow): boolean => state === 'queued' || state === 'running';

/** Jobs that no worker takes; `contracts/jobs.contract.ts` holds for their submission as for that of the real ones. */
export class JobsInMemory implements Pick<Jobs, 'submit' | 'byIds'> {
  readonly rows: JobRow[] = [];

  submit<K extends JobKind>(_: EntityManager, job: NewJob<K>): Promise<JobRow> {
    const { kind, ownerId, payload, subjectId = null, about = null, dedupeKey = null } = job;
    const open = this.rows.find((one) => one.kind === kind && one.dedupeKey === dedupeKey && isOpen(one));
    if (open && dedupeKey !== null) return Promise.resolve(copy(open));
    const service = jobServiceOf(kind);
    // progress, attempts and times are the worker's, and nobody here asks for them
    const row = {
      id: newId(),
      service,
      kind,
      ownerId,
      subjectId,
      about,
      dedupeKey,
      payload,
      state: 'queued',
      error: null,
    };
    this.rows.push(copy(row) as unknown as JobRow);
    return Promise.resolve(copy(row) as unknown as JobRow);
  }

  byIds(_: EntityManager, ids: readonly string[]): Promise<Map<string, JobRow>> {
    const rows = this.rows.filter(({ id }) => ids.includes(id));
    return Promise.resolve(new Map(rows.map((row) => [row.id, copy(row)])));
  }

  /** What a worker would have made of it. */
  become(id: string, state: JobState): void {
    this.rows.find((one) => one.id === id)!.state = state;
  }
}
