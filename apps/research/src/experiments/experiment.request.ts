import { ArrayField, EnumField, UuidField } from '@assay/platform';
import { ExportQuery } from '../listing/export.request';
import { TaggedPageQuery } from '../listing/tag.request';
import type { TrialOrigin } from '../records/trials/trial.entity';

const ORIGINS = ['backtest', 'sweep', 'tuning', 'candidate'] as const;

export class ExperimentListQuery extends TaggedPageQuery {
  @UuidField({ optional: true, description: 'trials of the lineage of this strategy' }) strategy_id?: string;
  @EnumField({ values: ORIGINS, optional: true }) origin?: TrialOrigin;
}

export class ExportExperimentsQuery extends ExportQuery {
  @UuidField({ optional: true, description: 'trials of the lineage of this strategy' }) strategy_id?: string;
  @EnumField({ values: ORIGINS, optional: true }) origin?: TrialOrigin;
}

export class CompareExperimentsQuery {
  @ArrayField('uuid', { min: 2, max: 20, description: 'comma-separated ids' }) ids: string[];
}
