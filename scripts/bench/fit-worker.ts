import { serveTasks } from '@assay/compute';
import { fitBoosting, type BoostingOptions } from '@assay/quant';

serveTasks({ fit: (options: BoostingOptions) => void fitBoosting(options) });
