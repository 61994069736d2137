import { serveJobs } from '@assay/compute';
import { helpBoosting, loseTeam } from '@assay/quant';

serveJobs(helpBoosting, ({ words }) => loseTeam(words));
