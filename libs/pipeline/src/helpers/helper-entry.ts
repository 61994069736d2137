import { serveJobs } from '@assay/compute';
import { helpBoosting, helpJudging, loseTeam } from '@assay/quant';
import type { HelperJob } from './thread-helpers';

serveJobs<HelperJob>(
  (job) => ('kind' in job ? helpJudging(job) : helpBoosting(job)),
  ({ words }) => loseTeam(words),
);
