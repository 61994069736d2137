import { serveTasks } from '@assay/compute';
import { takeParts, type PartWork } from './sweep-threads';

serveTasks({ takeParts: (work: PartWork) => takeParts(work) });
