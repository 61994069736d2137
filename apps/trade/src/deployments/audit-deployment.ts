import { effectiveRiskLimits } from '@assay/domain';
import { addAudit, auditedChanges, isSameAmount, type AuditedChanges } from '@assay/platform';
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

/** What differs, by the name that the wire has for it; amounts are as they are stored. */
export const changesBetween = (before: Audited, after: Audited): AuditedChanges =>
  // the name of a portfolio may look like an amount
  auditedChanges(flat(before), flat(after), (a, b, name) => (name === 'portfolio' ? a === b : isSameAmount(a, b)));

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
