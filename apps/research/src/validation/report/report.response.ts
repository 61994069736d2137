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
import type { BacktestRequest } from '../../records/backtests/backtest-document';
import { HoldoutDto } from '../../records/holdouts/holdout.response';
import { ReportedStrategyDto } from '../../reports/reported-strategy.response';
import type { DataPin } from '../../records/market/data-pin';
import type { LineagePromotion } from '../../strategies/lineage.response';
import type { PathCourses } from '../path-courses';
import { LedgerDto, PolicyVerdictDto, ValidationRunDto } from '../validation.response';

export const REPORT_KIND = 'assay.validation_report';
export const REPORT_VERSION = 1;

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

export class ReportedBacktestDto {
  @UuidField() id: string;
  @StringField() engine: string;
  @JsonField() request: BacktestRequest;
  @JsonField({ nullable: true }) data: DataPin | null;
  @JsonField() metrics: Record<string, number | null>;
  @JsonField({ description: 'why a metric is null' }) reasons: Record<string, string>;
  @JsonField({ description: 'of buying and holding the same bars' }) buy_hold_metrics: Record<string, number | null>;
  @JsonField({
    description: 'times, and under equity the value of 1 in the strategy and in holding, at some 250 scored bars',
  })
  courses: PathCourses;
  @NumberField({ nullable: true, description: 'bars a year of annualised figures' }) periods_per_year: number | null;
  @DateTimeField({ nullable: true }) finished_at: string | null;
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
  @ObjectField(() => HoldoutDto, { nullable: true, description: 'newest locked final period of the lineage' })
  holdout: HoldoutDto | null;
  @JsonField({ nullable: true }) information: Record<string, unknown> | null;
  @ObjectField(() => ReportedBacktestDto, { nullable: true }) backtest: ReportedBacktestDto | null;
  @ObjectField(() => ValidationRunDto, { nullable: true }) walk_forward: ValidationRunDto | null;
  @ObjectField(() => ValidationRunDto, { nullable: true }) cpcv: ValidationRunDto | null;
  @ArrayField('json', { description: 'of the revision, oldest first' }) promotions: LineagePromotion[];
}
