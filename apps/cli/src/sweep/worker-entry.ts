import { serveTasks } from '@assay/compute';
import { takeParts, type PartWork } from './template-cells';

serveTasks({ takeParts: (work: PartWork) => takeParts(work) });
