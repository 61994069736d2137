import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { ResultDto } from './result.response';

/** A Strategy JSON as it was sent or promoted, with what the service knows about it. */
export class StrategyDto {
  @UuidField() strategy_id: string;
  @StringField() name: string;
  @IntegerField({ min: 1, description: 'The revision, as in the document.' }) version: number;
  @DateTimeField({ description: 'As sent; registered_at where the document says none.' }) created_at: string;
  @DateTimeField({ description: 'When this revision was stored here.' }) registered_at: string;
  @StringField() ticker: string;
  @IntegerField({ min: 1 }) trading_period: number;
  @EnumField({ values: ['substrategies', 'pipeline'], optional: true }) kind?: string;
  @StringField({ optional: true, example: '1d' }) timeframe?: string;
  @EnumField({ values: ['AND', 'OR', 'FILTER'], optional: true }) conjunction?: string;
  @ArrayField('json', { optional: true, description: 'Of kind substrategies.' }) substrategies?: object[];
  @JsonField({ optional: true }) sizing?: object;
  @JsonField({ optional: true, description: 'Stops and targets.' }) protection?: object;
  @JsonField({ optional: true, description: 'How positions are entered; absent: at the market.' }) entry_order?: object;
  @ArrayField('json', { optional: true, description: 'Of kind pipeline, with hashes.' }) features?: object[];
  @JsonField({ optional: true, description: 'Of kind pipeline.' }) model?: object;
  @JsonField({ optional: true, nullable: true, description: 'URI, SHA-256 and train_end.' }) artifact?: object | null;
  @JsonField({ optional: true, description: 'Rule tree, output and position mode.' }) signal?: object;
  @JsonField({ optional: true, description: 'fee_bps, slippage_bps, spread_bps.' }) costs?: object;
  @JsonField({ optional: true }) history_anchor?: object;
  @IntegerField({ min: 1 }) revision: number;
  @IntegerField({ min: 1, description: 'The row lock; the ETag.' }) row_version: number;
  @StringField({ description: 'SHA-256 of the content.' }) config_hash: string;
  @StringField({ nullable: true }) artifact_sha256: string | null;
  @EnumField({ values: ['api', 'research'] }) origin: string;
  @BooleanField() is_current: boolean;
  @BooleanField() active: boolean;
  @ArrayField('json', { description: 'How the document was read: code, field, message.' }) warnings: object[];
  @DateTimeField() updated_at: string;
}

export class EvidenceDto {
  @UuidField() evidence_id: string;
  @UuidField() strategy_id: string;
  @IntegerField({ min: 1 }) revision: number;
  @StringField() config_hash: string;
  @StringField({ nullable: true }) artifact_sha256: string | null;
  @EnumField({ values: ['default', 'large_search', 'strict', 'exploratory'] }) policy: string;
  @BooleanField({ description: 'Good for paper only.' }) paper_only: boolean;
  @BooleanField({ optional: true, description: 'Rests on synthetic bars: good for paper only.' })
  synthetic?: boolean;
  @ArrayField('json', { optional: true, description: 'source, symbol, timeframe and synthetic of the bars.' })
  series?: object[];
  @UuidField() backtest_id: string;
  @UuidField({ nullable: true }) walk_forward_id: string | null;
  @UuidField({ nullable: true }) cpcv_id: string | null;
  @ArrayField('json', { description: 'gate, passed, value, threshold, why.' }) verdicts: object[];
  @StringField() promoted_by: string;
  @DateTimeField() promoted_at: string;
  @DateTimeField() received_at: string;
  @DateTimeField({ nullable: true }) demoted_at: string | null;
  @StringField({ nullable: true }) demote_reason: string | null;
}

export class AttestedDto {
  @StringField({
    description: 'SHA-256 of the public key of the installation; see GET /api/evidence/keys of research.',
  })
  key_id: string;
  @DateTimeField({ description: 'When it was signed, which is when it was promoted.' }) at: string;
  @UuidField() evidence_id: string;
  @StringField({ description: 'SHA-256 of the record of the judgement.' }) record_sha256: string;
}

export class StrategyDetailDto extends StrategyDto {
  @ObjectField(() => AttestedDto, {
    nullable: true,
    description:
      'What research signed of this revision, which is held to it when it comes and at each deployment. Null: unattested, as a document of your own and a promotion from before anything was signed.',
  })
  attested: AttestedDto | null;
  @ObjectField(() => ResultDto, { nullable: true }) latest_results: ResultDto | null;
  @ArrayField(() => EvidenceDto) evidence: EvidenceDto[];
}

export class StrategyPageDto {
  @ArrayField(() => StrategyDto) items: StrategyDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}
