import { ArrayField, EnumField, UuidField } from '@assay/platform';
import { PageQuery } from '../listing/page.request';

export class ExperimentListQuery extends PageQuery {
  @UuidField({ optional: true, description: 'trials of the lineage of this strategy' }) strategy_id?: string;
  @EnumField({ values: ['backtest', 'sweep', 'tuning', 'candidate'], optional: true }) origin?: string;
}

export class CompareExperimentsQuery {
  @ArrayField('uuid', { min: 2, max: 20, description: 'comma-separated ids' }) ids: string[];
}
