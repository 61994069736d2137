import {
  ArrayField,
  BooleanField,
  DateField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { MARKETS, type RiskLimits, type Schedule } from '@assay/contracts';
import { AmountField } from '../amounts/amount-field';
import { TradeDto } from './deployment-log.response';
import { RiskLimitsInForceDto } from './deployment.request';

export class DeployedAnchorDto {
  @StringField() source: string;
  @EnumField({ values: ['none', 'adj_close'] }) adjustment: string;
  @DateTimeField({ nullable: true }) first_bar: string | null;
}

export class DeployedSizingDto {
  @AmountField({ description: 'Money that the weights refer to.' }) capital: string;
}

export class LedgerPositionDto {
  @StringField() symbol: string;
  @AmountField({ description: 'Signed; below zero is short.' }) qty: string;
  @AmountField({ nullable: true }) average_price: string | null;
  @AmountField() realised_pnl: string;
  @AmountField() fees: string;
}

export class RestingEntryDto {
  @EnumField({ values: ['BUY', 'SELL'] }) side: string;
  @EnumField({ values: ['limit', 'stop'] }) type: string;
  @AmountField({ description: 'The price that it waits for.' }) level: string;
  @IntegerField({ min: 1, description: 'Bars in which it still works, the next one included.' }) bars_left: number;
  @DateTimeField({ nullable: true, description: 'Close of the last of them; null where it is more than 1000 away.' })
  expires_at: string | null;
}

export class ReplayDto {
  @EnumField({ values: ['pending', 'running', 'completed', 'failed'] }) state: string;
  @DateField() start: string;
  @DateField() end: string;
  @IntegerField({ min: 0, description: 'Counted when the replay starts.' }) sessions_total: number;
  @IntegerField({ min: 0 }) sessions_done: number;
  @DateTimeField({ nullable: true, description: 'Where its clock stands.' }) at: string | null;
  @JsonField({ nullable: true, description: 'code and message' }) error: object | null;
}

export class ChallengeDto {
  @StringField({ description: 'Shown once; confirm with it and the trade password.' }) challenge: string;
  @DateTimeField() expires_at: string;
  @EnumField({ values: ['activate', 'change'] }) purpose: string;
}

export class StaleBarsDto {
  @DateTimeField({ description: 'Open of the newest stored bar.' }) newest_bar: string;
  @DateTimeField({ description: 'The newest close by the calendar of the market.' }) expected_close: string;
}

/** The deployment document as it is in force, with the four facts of its state. */
export class DeploymentDto {
  @UuidField() deployment_id: string;
  @UuidField() strategy_id: string;
  @IntegerField({ min: 1 }) strategy_revision: number;
  @StringField() config_hash: string;
  @StringField({ nullable: true }) artifact_sha256: string | null;
  @UuidField({ nullable: true }) evidence_id: string | null;
  @StringField({ nullable: true }) portfolio: string | null;
  @StringField({ nullable: true, description: 'A label.' }) user: string | null;
  @StringField() broker: string;
  @StringField() ticker: string;
  @StringField({ description: 'Whose stored bars are read.' }) data_symbol: string;
  @ObjectField(() => DeployedAnchorDto, { nullable: true, description: 'Null while no bars are stored.' })
  history_anchor: DeployedAnchorDto | null;
  @StringField({ example: '1d' }) timeframe: string;
  @AmountField({ optional: true, description: 'Units per signal; absent where sizing is given.' }) qty?: string;
  @ObjectField(() => DeployedSizingDto, { optional: true }) sizing?: DeployedSizingDto;
  @BooleanField() paper: boolean;
  @EnumField({ values: MARKETS }) market: string;
  @JsonField({ types: ['string', 'object'], description: 'daily_close, hourly, manual or {cron, tz}.' })
  schedule: Schedule;
  @BooleanField() enabled: boolean;
  @EnumField({ values: ['created', 'active', 'paused', 'stopped'] }) status: string;
  @EnumField({ values: ['in_sync', 'drifted', 'frozen'] }) sync: string;
  @StringField({ nullable: true }) sync_reason: string | null;
  @EnumField({ values: ['ACTIVE', 'REDUCING', 'HALTED'], nullable: true, description: 'Of the account.' })
  trading_state: string | null;
  @ObjectField(() => RiskLimitsInForceDto) risk_limits: RiskLimits;
  @UuidField() account_id: string;
  @EnumField({ values: ['now', 'next_entry'] }) join: string;
  @NumberField({ min: 0, max: 1 }) rebalance_band: number;
  @ArrayField('json', { description: 'code, field, message and facts.' }) warnings: object[];
  @DateTimeField({ nullable: true }) next_run_at: string | null;
  @ObjectField(() => LedgerPositionDto) position: LedgerPositionDto;
  @ObjectField(() => RestingEntryDto, {
    nullable: true,
    description: 'The entry order of the strategy that waits for its price: watched here, not left at the venue.',
  })
  resting_entry: RestingEntryDto | null;
  @ObjectField(() => StaleBarsDto, {
    nullable: true,
    description: 'Of an active deployment that has had no new bar where at least two should have closed; else null.',
  })
  stale_bars: StaleBarsDto | null;
  @ObjectField(() => ReplayDto, { optional: true }) replay?: ReplayDto;
  @ObjectField(() => ChallengeDto, { optional: true, description: 'Of a live deployment that waits.' })
  challenge?: ChallengeDto;
  @IntegerField({ min: 1 }) version: number;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class DeploymentDetailDto extends DeploymentDto {
  @ArrayField(() => TradeDto, { description: 'Newest first.' }) recent_trades: TradeDto[];
  @IntegerField({ description: 'Rows of its execution log, of which recent_trades are the newest.' })
  trade_count: number;
  @StringField({ nullable: true, description: 'Why a flatten would be refused now; null where it would not.' })
  flatten_refusal: string | null;
}

export class ChangedDeploymentDto extends DeploymentDto {
  @ArrayField('string', { optional: true, description: 'Raised fields of a live deployment that wait for a person.' })
  held_back?: string[];
}

export class FlattenIntentDto {
  @UuidField() intent_id: string;
  @EnumField({ values: ['BUY', 'SELL'] }) side: string;
  @AmountField() qty: string;
  @EnumField({ values: ['waiting', 'sending', 'working', 'unknown'] }) state: string;
}

export class FlattenedDeploymentDto extends DeploymentDto {
  @ObjectField(() => FlattenIntentDto, { nullable: true, description: 'Null when there is nothing to close.' })
  flatten: FlattenIntentDto | null;

  @IntegerField({ description: 'Orders of unknown fate: what they turn out to have filled is closed as well.' })
  flatten_awaits: number;
}

export class DeploymentPageDto {
  @ArrayField(() => DeploymentDto) items: DeploymentDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

/** A run was asked for; follow it at `/jobs/{job_id}`. */
export class AcceptedRunDto {
  @UuidField() job_id: string;
  @UuidField() deployment_id: string;
}
