import { serveTasks } from '@assay/compute';
import { pipelineTasks } from './pipeline-tasks';
import { refusingTasks } from './refusing-tasks';

serveTasks(refusingTasks(pipelineTasks));
