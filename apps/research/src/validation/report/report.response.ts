import type { PolicyName } from '@assay/contracts';
import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { BacktestPartsDto } from '../../backtests/report/backtest-report.response';
import type { SweptPlane } from '../../backtests/sweeps/swept-lineage';
import type { BacktestRequest } from '../../records/backtests/backtest-document';
import { HoldoutDto } from '../../records/holdouts/holdout.response';
import { ReportedStrategyDto } from '../../reports/reported-strategy.response';
import type { DataPin } from '../../records/market/data-pin';
import type { LedgerDay } from '../../records/trials/trial-ledger.store';
import type { LineagePromotion } from '../../strategies/lineage.response';
import { LedgerDto, PolicyVerdictDto, ValidationRunDto } from '../validation.response';

export const REPORT_KIND = 'assay.validation_report';
export const REPORT_VERSION = 2;

export class JudgedStrategyDto extends ReportedStrategyDto {
  @StringField() status: string;
}

/** SHA-256, all of them; null where the part does not exist. */
export class ReportHashesDto {
  @StringField({ description: 'canonical JSON of the revision and all that it pins' }) config: string;
  @StringField({ nullable: true, description: 'bars that the validations read' }) data: string | null;
  @StringField({ nullable: true, description: 'fitted model' }) model: string | null;
  @StringField({ nullable: true, description: 'exact numbers of the walk-forward' }) walk_forward: string | null;
  @StringField({ nullable: true, description: 'exact numbers of the CPCV' }) cpcv: string | null;
  @StringField({ nullable: true, description: 'result of the backtest; null too where it was not kept' })
  backtest: string | null;
  @StringField({
    nullable: true,
    description: 'evidence that the newest promotion of the revision rests on; null before one',
  })
  promotion: string | null;
}

export class ReportedBacktestDto extends BacktestPartsDto {
  @UuidField() id: string;
  @StringField() engine: string;
  @JsonField() request: BacktestRequest;
  @JsonField({ nullable: true }) data: DataPin | null;
  @JsonField() metrics: Record<string, number | null>;
  @JsonField({ description: 'why a metric is null' }) reasons: Record<string, string>;
  @JsonField({ description: 'of buying and holding the same bars' }) buy_hold_metrics: Record<string, number | null>;
  @NumberField({ nullable: true, description: 'bars a year of annualised figures' }) periods_per_year: number | null;
  @DateTimeField({ nullable: true }) finished_at: string | null;
}

/** When the trials of a lineage were made. */
export interface LedgerTimeline {
  /** Ascending; days without a new trial are left out. */
  days: LedgerDay[];
  /** Trials made elsewhere, all that were declared by then; ascending. */
  declared: { at: string; trials: number }[];
}

export class ValidationReportDto {
  @EnumField({ values: [REPORT_KIND] }) kind: typeof REPORT_KIND;
  @IntegerField() format_version: number;
  @StringField({
    description: 'SHA-256 of the canonical JSON (RFC 8785) of this document without `sha256` and `made_at`',
  })
  sha256: string;
  @DateTimeField() made_at: string;
  @ObjectField(() => JudgedStrategyDto) strategy: JudgedStrategyDto;
  @StringField({ description: 'the verdicts in a sentence' }) conclusion: string;
  @ArrayField('string', { description: 'what has to be known to read the figures rightly' }) notes: string[];
  @ObjectField(() => ReportHashesDto) hashes: ReportHashesDto;
  @JsonField({ nullable: true, description: 'bars that the validations read' }) data: DataPin | null;
  @ArrayField('string', { description: 'symbols whose bars are made up' }) synthetic: string[];
  @ArrayField('string') validated_under: PolicyName[];
  @DateTimeField({ nullable: true, description: 'null: not judged' }) gates_at: string | null;
  @ArrayField(() => PolicyVerdictDto) policies: PolicyVerdictDto[];
  @ObjectField(() => LedgerDto) ledger: LedgerDto;
  @JsonField({
    description:
      '{days: [{day, trials, total}], declared: [{at, trials}]}: new trials of the lineage by the day (UTC) they were first made on, and numbers declared of elsewhere, at the time of the report',
  })
  timeline: LedgerTimeline;
  @JsonField({
    nullable: true,
    description:
      'the sweep of the lineage over two numbers that the revision is a cell of, else the newest over two: {job_id, objective, cells, x, y, values, plateau, best, steadiest, chosen}; values has a list a value of y of the Sharpe ratios by x, plateau the same judged with the neighbours, and best, steadiest and chosen (the revision) are {x, y}, indices; null without any',
  })
  sweep: SweptPlane | null;
  @ObjectField(() => HoldoutDto, { nullable: true, description: 'newest locked final period of the lineage' })
  holdout: HoldoutDto | null;
  @JsonField({ nullable: true }) information: Record<string, unknown> | null;
  @ObjectField(() => ReportedBacktestDto, { nullable: true }) backtest: ReportedBacktestDto | null;
  @ObjectField(() => ValidationRunDto, { nullable: true }) walk_forward: ValidationRunDto | null;
  @ObjectField(() => ValidationRunDto, {
    nullable: true,
    description: 'newest completed one that chose parameters anew in each fold: information, no evidence',
  })
  walk_forward_search: ValidationRunDto | null;
  @ObjectField(() => ValidationRunDto, { nullable: true }) cpcv: ValidationRunDto | null;
  @ArrayField('json', { description: 'of the revision, oldest first' }) promotions: LineagePromotion[];
}
