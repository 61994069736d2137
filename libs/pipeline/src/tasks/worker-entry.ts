import { serveTasks } from '@assay/compute';
import { pipelineTasks } from './pipeline-tasks';

serveTasks(pipelineTasks);
