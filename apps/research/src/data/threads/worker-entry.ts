import { serveTasks } from '@assay/compute';
import { dataTasks } from './data-tasks';

serveTasks(dataTasks);
