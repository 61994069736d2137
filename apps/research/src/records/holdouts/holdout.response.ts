import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import type { HoldoutEntity, HoldoutResult } from './holdout.entity';

export class HoldoutLookDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @StringField() config_hash: string;
  @StringField({ nullable: true }) artifact_sha256: string | null;
  @UuidField() job_id: string;
  @DateTimeField() at: string;
}

export class HoldoutDto {
  @UuidField() id: string;
  @UuidField({ description: 'the strategy that it was locked for' }) strategy_id: string;
  @UuidField() lineage_id: string;
  @ArrayField('string', { description: 'whose bars are locked, for everything of the owner' }) symbols: string[];
  @DateTimeField({ description: 'bars that end after it are locked' }) from: string;
  @StringField({ nullable: true }) reason: string | null;
  @DateTimeField() locked_at: string;
  @EnumField({
    values: ['locked', 'looking', 'looked'],
    description:
      'looking: the look is bound to a revision and not recorded yet; looked: it is recorded, the bars are open',
  })
  state: 'locked' | 'looking' | 'looked';
  @ObjectField(() => HoldoutLookDto, { nullable: true, description: 'what the one look is of' })
  look: HoldoutLookDto | null;
  @JsonField({
    nullable: true,
    description: 'what it found: from, to, bars, sharpe, metrics, buy_hold_metrics, trades',
  })
  result: HoldoutResult | null;
  @DateTimeField({ nullable: true }) recorded_at: string | null;
}

export class HoldoutsDto {
  @ArrayField(() => HoldoutDto, { description: 'of the lineage, the newest first' }) items: HoldoutDto[];
}

export function holdoutView(row: HoldoutEntity): HoldoutDto {
  const { look } = row;
  return {
    id: row.id,
    strategy_id: row.strategyId,
    lineage_id: row.lineageId,
    symbols: row.symbols,
    from: row.fromAt.toISOString(),
    reason: row.reason,
    locked_at: row.lockedAt.toISOString(),
    state: row.recordedAt ? 'looked' : look ? 'looking' : 'locked',
    look: look && {
      strategy_id: look.strategy_id,
      revision: look.revision,
      config_hash: look.config_hash,
      artifact_sha256: look.artifact_sha256,
      job_id: look.job_id,
      at: look.at,
    },
    result: row.result,
    recorded_at: row.recordedAt?.toISOString() ?? null,
  };
}
