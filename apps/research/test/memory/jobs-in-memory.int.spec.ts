import { Jobs } from '@assay/platform';
import { DataSource } from 'typeorm';
import { itSubmitsJobs } from '../contracts/jobs.contract';
import { useResearch } from '../use-research';

describe('jobs in PostgreSQL, as in memory', () => {
  const research = useResearch({ worker: false });
  const ofService = <T>(type: new (...of: never[]) => T): T => research.harness.app.get(type, { strict: false });

  itSubmitsJobs(
    () => ofService(Jobs),
    async (id, state) => void (await research.sql.query('UPDATE ops.job SET state = $2 WHERE id = $1', [id, state])),
    () => {
      const source = ofService(DataSource);
      return { em: source.manager, transaction: (body) => source.transaction(body) };
    },
  );
});
