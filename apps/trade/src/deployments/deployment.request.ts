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
  UuidField,
} from '@assay/platform';
import { TABLE_FORMATS, type TableFormat } from '@assay/tables';
import { riskLimitSpecs, type RiskLimits, type Schedule } from '@assay/contracts';
import { TimePageQueryDto } from '../listing/time-page';
import { LOG_ORDERS, type LogOrder } from '../records/deployment-page';

const FIELDS = { decimal: DecimalField, integer: IntegerField, number: NumberField };

/** The limits of the contract, each a field. */
export class RiskLimitsDto {}
/** The limits in force: null where there is none. */
export class RiskLimitsInForceDto {}
for (const [name, { type, default: inForce, ...rules }] of riskLimitSpecs) {
  const example = inForce ?? undefined;
  for (const { prototype } of [RiskLimitsDto, RiskLimitsInForceDto]) {
    // what the compiler writes beside a declared property; without it Swagger takes the field for a circular dependency
    Reflect.defineMetadata('design:type', Object, prototype, name);
    const nullable = prototype === RiskLimitsInForceDto.prototype && inForce === null;
    FIELDS[type]({ optional: true, example, nullable, ...rules })(prototype, name);
  }
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
  risk_limits?: RiskLimits;

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

class SpanDto {
  @DateTimeField({ optional: true, description: 'Rows at or after it.' })
  from?: string;

  @DateTimeField({ optional: true, description: 'Rows at or before it.' })
  to?: string;
}

export class LogQueryDto extends SpanDto {
  @IntegerField({ optional: true, min: 1, max: 10_000, description: 'Rows per page, 500 when absent.' })
  limit?: number;

  @StringField({ optional: true, max: 200, description: 'The next_cursor of the page before.' })
  cursor?: string;

  @EnumField({ values: LOG_ORDERS, optional: true, default: 'oldest', description: 'Which rows the first page shows.' })
  order?: LogOrder;
}

const LOGS = ['trades', 'signals', 'runs', 'orders', 'fills'] as const;
export type ExportedLog = (typeof LOGS)[number];

export class ExportLogParamsDto {
  @UuidField() deploymentId: string;
  @EnumField({ values: LOGS }) log: ExportedLog;
}

export class ExportLogQueryDto extends SpanDto {
  @EnumField({ values: TABLE_FORMATS, optional: true, default: 'csv' })
  format?: TableFormat;
}
