import type { DeploymentStatus } from '@assay/contracts';
import {
  BooleanField,
  DateTimeField,
  DecimalField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  ObjectField,
  StringField,
} from '@assay/platform';
import type { Schedule } from '@assay/contracts';
import { TimePageQueryDto } from '../listing/time-page';

export class RiskLimitsDto {
  @DecimalField({ optional: true, description: 'Largest position value in US dollars.', example: '10000' })
  max_position_usd?: string | number;

  @IntegerField({ optional: true, min: 0, description: 'Entries per trading day.', example: 10 })
  max_daily_trades?: number;

  @NumberField({ optional: true, exclusiveMin: 0, max: 100, description: 'Loss in percent that flattens.', example: 5 })
  stop_loss_pct?: number;
}

export class SizingDto {
  @DecimalField({ description: 'Money that the weights refer to.', example: '100000' })
  capital: string | number;
}

/** Fields that a deployment may change; everything else needs a new deployment. */
export class DeploymentPatchDto {
  @IntegerField({ optional: true, min: 1, description: 'The version read; not needed to disable or pause.' })
  version?: number;

  @BooleanField({ optional: true })
  enabled?: boolean;

  @EnumField({ values: ['active', 'paused'], optional: true })
  status?: 'active' | 'paused';

  @DecimalField({ optional: true, description: 'Units per signal.' })
  qty?: string | number;

  @ObjectField(() => SizingDto, { optional: true })
  sizing?: SizingDto;

  @ObjectField(() => RiskLimitsDto, { optional: true })
  risk_limits?: RiskLimitsDto;

  @StringField({ optional: true, max: 255 })
  portfolio?: string;

  @JsonField({ optional: true, types: ['string', 'object'], description: 'daily_close, hourly, manual or {cron, tz}.' })
  schedule?: Schedule;

  @NumberField({ optional: true, min: 0, max: 1 })
  rebalance_band?: number;
}

export class DeploymentListQueryDto extends TimePageQueryDto {
  @EnumField({ values: ['created', 'active', 'paused', 'stopped', 'all'], optional: true })
  status?: DeploymentStatus | 'all';
}

export class StopQueryDto {
  @BooleanField({ optional: true, description: 'Also close the position.' })
  flatten?: boolean;
}

export class LogQueryDto {
  @DateTimeField({ optional: true, description: 'Rows at or after it.' })
  from?: string;

  @DateTimeField({ optional: true, description: 'Rows at or before it.' })
  to?: string;

  @IntegerField({ optional: true, min: 1, max: 10_000, description: 'Rows per page, 500 when absent.' })
  limit?: number;

  @StringField({ optional: true, max: 200, description: 'The next_cursor of the page before.' })
  cursor?: string;
}
