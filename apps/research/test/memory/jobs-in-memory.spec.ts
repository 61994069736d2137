import { itSubmitsJobs } from '../contracts/jobs.contract';
import { JobsInMemory } from './jobs-in-memory';
import { noConnection } from './no-connection';

describe('jobs in memory', () => {
  const jobs = new JobsInMemory();
  itSubmitsJobs(
    () => jobs,
    async (id, state) => jobs.become(id, state),
    () => noConnection,
  );
});
