import type { DeploymentDocument } from '@assay/contracts';
import { parseDeploymentDocument } from '@assay/domain';
import { Decimal, invalid } from '@assay/primitives';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { DeploymentPatchDto } from './deployment.request';

/** Whether the body does no more than disable or pause. */
export function onlyStops(body: DeploymentPatchDto): boolean {
  const stated = Object.entries(body).filter(([name, value]) => name !== 'version' && value !== undefined);
  return stated.every(
    ([name, value]) => (name === 'enabled' && value === false) || (name === 'status' && value === 'paused'),
  );
}

/** The part of the body that only disables or pauses. */
export function stopsOf(body: DeploymentPatchDto): DeploymentPatchDto {
  return {
    ...(body.enabled === false ? { enabled: false } : {}),
    ...(body.status === 'paused' ? { status: 'paused' as const } : {}),
  };
}

/**
 * The changed document is read by the rules of a new one, so that a field means and allows the same in both. It keeps only the limits that
 * were ever stated; those in force are these over the defaults.
 */
export function parseChange(row: DeploymentEntity, body: DeploymentPatchDto): Partial<DeploymentEntity> {
  const { version: _version, status, ...fields } = body;
  const stated = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (status === undefined && Object.keys(stated).length === 0) {
    throw invalid([{ field: '', rule: 'not_empty', value: {}, message: 'at least one field must be given' }]);
  }
  const limits = { ...row.document.risk_limits, ...body.risk_limits };
  const merged = { ...row.document, ...stated, ...(Object.keys(limits).length > 0 ? { risk_limits: limits } : {}) };
  if (body.qty !== undefined && body.sizing === undefined) delete merged.sizing;
  if (body.sizing !== undefined && body.qty === undefined) delete merged.qty;
  const document = parseDeploymentDocument(merged);
  return { ...columnsOf(row, document), ...(status === undefined ? {} : { status }) };
}

function columnsOf(row: DeploymentEntity, document: DeploymentDocument): Partial<DeploymentEntity> {
  const decimal = (value: number | string | undefined): string | null =>
    value === undefined ? null : new Decimal(value).toFixed();
  return {
    qty: decimal(document.qty),
    capital: decimal(document.sizing?.capital),
    portfolio: document.portfolio ?? null,
    schedule: document.schedule ?? 'daily_close',
    enabled: document.enabled ?? true,
    riskLimits: { ...row.riskLimits, ...document.risk_limits },
    rebalanceBand: String(document.rebalance_band ?? 0),
    document,
  };
}
