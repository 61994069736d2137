import { TIMEFRAMES, TRIAL_ORIGINS, type TrialOrigin } from '@assay/contracts';
import { ArrayField, EnumField, IntegerField, ReasonField, StringField, UuidField } from '@assay/platform';
import { TABLE_FORMATS, type TableFormat } from '@assay/tables';
import { SERIES_NAME } from '../data/series-name';
import { CursorField, LimitField } from '../listing/page.request';
import { TagFilter } from '../listing/tag.request';
import { TRIAL_ORDERS, type TrialOrder } from '../records/trials/trial-ledger.store';

/** More would be no number of trials that anybody has made. */
export const MOST_OUTSIDE_TRIALS = 1_000_000;

/** Which trials a list or a file has, and in what order. */
export class TrialQuery {
  @UuidField({ optional: true, description: 'trials of the lineage of this strategy' }) strategy_id?: string;
  @EnumField({ values: TRIAL_ORIGINS, optional: true }) origin?: TrialOrigin;
  @StringField({ ...SERIES_NAME, optional: true, description: 'of these bars' }) symbol?: string;
  @EnumField({ values: TIMEFRAMES, optional: true }) timeframe?: string;
  @UuidField({ optional: true, description: 'first tried by this job: a sweep, a tuning, a backtest' }) job_id?: string;
  @StringField({ optional: true, description: 'first tried then or later, date or ISO-8601 time' }) since?: string;
  @StringField({ optional: true, description: 'first tried until then, inclusive' }) until?: string;
  @EnumField({
    values: TRIAL_ORDERS,
    optional: true,
    default: 'oldest',
    description: 'by when they were first tried, or by the Sharpe ratio a bar; trials without one come last',
  })
  order?: TrialOrder;
}

export class ExperimentListQuery extends TrialQuery {
  @LimitField() limit?: number;
  @CursorField() cursor?: string;
  @TagFilter() tag?: string;
}

/** Every trial that is asked for, whatever their number. */
export class ExportExperimentsQuery extends TrialQuery {
  @EnumField({ values: TABLE_FORMATS, optional: true, default: 'csv' }) format?: TableFormat;
}

export class CompareExperimentsQuery {
  @ArrayField('uuid', { min: 2, max: 20, description: 'comma-separated ids' }) ids: string[];
}

export class LedgerQuery {
  @UuidField({ description: 'any strategy of the lineage' }) strategy_id: string;
}

export class DeclareOutsideDto {
  @UuidField({ description: 'any strategy of the lineage' }) strategy_id: string;
  @IntegerField({
    min: 1,
    max: MOST_OUTSIDE_TRIALS,
    description: 'how many were made elsewhere in all, those declared before among them: the number can only be raised',
  })
  trials: number;
  @ReasonField({ description: 'what was tried, and where' }) reason: string;
}
