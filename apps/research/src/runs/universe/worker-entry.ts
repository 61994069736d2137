import { serveTasks } from '@assay/compute';
import { universeTasks } from './universe-tasks';

serveTasks(universeTasks);
