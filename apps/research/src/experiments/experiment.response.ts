import { TRIAL_ORIGINS } from '@assay/contracts';
import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  StringField,
  UuidField,
} from '@assay/platform';
import { TagsField } from '../listing/tag.request';

export class ExperimentDto {
  @UuidField() id: string;
  @TagsField() tags?: string[];
  @UuidField() lineage_id: string;
  @UuidField() strategy_id: string;
  @StringField({ description: 'what was tried: the content without ids and pins' }) config_hash: string;
  @EnumField({ values: TRIAL_ORIGINS }) origin: string;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @StringField() data_fingerprint: string;
  @JsonField() params: Record<string, unknown>;
  @JsonField() metrics: Record<string, number | null>;
  @IntegerField() observations: number;
  @NumberField({ nullable: true }) sharpe_per_bar: number | null;
  @UuidField({ nullable: true }) job_id: string | null;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class ExperimentPageDto {
  @ArrayField(() => ExperimentDto) items: ExperimentDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class LedgerStrategyDto {
  @UuidField() id: string;
  @StringField() name: string;
}

export class TrialsOfOriginDto {
  @EnumField({ values: TRIAL_ORIGINS }) origin: string;
  @IntegerField() trials: number;
}

export class TrialsOfBarsDto {
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @IntegerField() trials: number;
}

export class TrialDayDto {
  @StringField({ description: 'UTC' }) day: string;
  @IntegerField({ description: 'trials first made on it' }) trials: number;
  @IntegerField({ description: 'trials up to it' }) total: number;
}

export class OutsideDeclarationDto {
  @UuidField() id: string;
  @UuidField({ description: 'the strategy that it was declared for' }) strategy_id: string;
  @IntegerField({ description: 'trials made elsewhere in all' }) trials: number;
  @StringField() reason: string;
  @UuidField() declared_by: string;
  @DateTimeField() created_at: string;
}

export class LedgerSummaryDto {
  @UuidField() strategy_id: string;
  @UuidField() lineage_id: string;
  @StringField({ description: 'what the ledger counts, and when another one begins' }) scope: string;
  @ArrayField(() => LedgerStrategyDto, { description: 'strategies of the lineage: their trials count together' })
  strategies: LedgerStrategyDto[];
  @IntegerField({ description: 'distinct configurations that were tried here' }) trials: number;
  @IntegerField({ description: 'made elsewhere, as declared' }) declared_outside: number;
  @IntegerField({ description: 'both: what the gates would count now' }) counted: number;
  @IntegerField({ description: 'all lineages of the owner on the same symbol and timeframe, shown and not gated' })
  owner_trials_on_this_data: number;
  @ArrayField(() => TrialsOfOriginDto) origins: TrialsOfOriginDto[];
  @ArrayField(() => TrialsOfBarsDto) bars: TrialsOfBarsDto[];
  @ArrayField(() => TrialDayDto) timeline: TrialDayDto[];
  @ArrayField(() => OutsideDeclarationDto, { description: 'oldest first; the last one holds' })
  declarations: OutsideDeclarationDto[];
}

export class EffectiveTrialsDto {
  @UuidField() strategy_id: string;
  @IntegerField({ description: 'trials of the ledger' }) trials: number;
  @IntegerField({ description: 'made elsewhere, as declared: each counts as one more that is like no other' })
  declared_outside: number;
  @IntegerField({ nullable: true, description: 'bars that all trials of the ledger have' }) bars: number | null;
  @NumberField({ nullable: true, description: 'mean correlation of their returns; null for fewer than two that moved' })
  mean_correlation: number | null;
  @NumberField({ nullable: true, description: 'effective number by the mean correlation, without the declared ones' })
  correlation_adjusted: number | null;
  @NumberField({ nullable: true, description: 'clusters of trials that are alike, without the declared ones' })
  clustered: number | null;
  @ArrayField('number', { nullable: true, description: 'lowest and highest of the two, the declared ones added' })
  range: readonly number[] | null;
  @StringField({
    nullable: true,
    description: 'no_trials, too_many_trials or too_few_common_bars where it is not known',
  })
  reason: string | null;
}

export class ExperimentComparisonDto {
  @ArrayField(() => ExperimentDto) items: ExperimentDto[];
  @JsonField({ description: 'metric -> values in the order of items' }) metrics: Record<string, (number | null)[]>;
  @JsonField({ description: 'metric -> which value is the better, higher or lower; null where neither is' })
  better: Record<string, 'higher' | 'lower' | null>;
  @JsonField({
    description:
      'metric -> ids of the best by that direction, several where they tie; only where two values are defined',
  })
  best: Record<string, string[]>;
  @ArrayField('json', { description: 'correlation of returns on common bars' }) correlation: (number | null)[][];
}
