import { effectiveRiskLimits } from '@assay/domain';
import { addAudit } from '@assay/platform';
import { Decimal } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

export type DeploymentAct =
  | 'created'
  | 'started'
  | 'switched_off'
  | 'changed'
  | 'change_asked'
  | 'paused'
  | 'resumed'
  | 'stopped'
  | 'flattened'
  | 'run_asked';

/** Keeps who did what to a deployment, in the transaction that does it. */
export const auditDeployment = (
  em: EntityManager,
  actorId: string,
  act: DeploymentAct,
  row: Pick<DeploymentEntity, 'deploymentId' | 'ticker' | 'broker' | 'paper'>,
  facts: object = {},
): Promise<void> => {
  const { deploymentId, ticker, broker, paper } = row;
  return addAudit(em, actorId, `deployment.${act}`, deploymentId, { ticker, broker, paper, ...facts });
};

type Audited = Pick<DeploymentEntity, 'qty' | 'capital' | 'portfolio' | 'schedule' | 'riskLimits' | 'rebalanceBand'>;

/** What differs, by the name that the wire has for it; amounts are as they are stored. 10000 and "10000.0" are one amount. */
export function changesBetween(before: Audited, after: Audited): Record<string, { from: unknown; to: unknown }> {
  const [was, is] = [flat(before), flat(after)];
  const differs = Object.keys(is).filter((name) => canonical(was[name]) !== canonical(is[name]));
  return Object.fromEntries(differs.map((name) => [name, { from: was[name] ?? null, to: is[name] ?? null }]));
}

const AMOUNT = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** The same text for what means the same: however an amount is written, and in whatever order keys come back from the database. */
function canonical(value: unknown): string {
  const isAmount = typeof value === 'number' || (typeof value === 'string' && AMOUNT.test(value));
  if (isAmount) return new Decimal(value).toFixed();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function flat({ riskLimits, ...row }: Audited): Record<string, unknown> {
  const limits = Object.entries(effectiveRiskLimits(riskLimits));
  return {
    qty: row.qty,
    capital: row.capital,
    portfolio: row.portfolio,
    schedule: row.schedule,
    rebalance_band: Number(row.rebalanceBand),
    ...Object.fromEntries(limits.map(([name, value]) => [`risk_limits.${name}`, value])),
  };
}
