import { effectiveRiskLimits } from '@assay/domain';
import { addAudit } from '@assay/platform';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

export type DeploymentAct =
  'created' | 'changed' | 'change_asked' | 'paused' | 'resumed' | 'stopped' | 'flattened' | 'run_asked';

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

type Audited = Pick<
  DeploymentEntity,
  'qty' | 'capital' | 'portfolio' | 'schedule' | 'enabled' | 'riskLimits' | 'rebalanceBand'
>;

/** What differs, by the name that the wire has for it; amounts are as they are stored. */
export function changesBetween(before: Audited, after: Audited): Record<string, { from: unknown; to: unknown }> {
  const [was, is] = [flat(before), flat(after)];
  const differs = Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  return Object.fromEntries(differs.map((name) => [name, { from: was[name] ?? null, to: is[name] ?? null }]));
}

function flat({ riskLimits, ...row }: Audited): Record<string, unknown> {
  const limits = Object.entries(effectiveRiskLimits(riskLimits));
  return {
    enabled: row.enabled,
    qty: row.qty,
    capital: row.capital,
    portfolio: row.portfolio,
    schedule: row.schedule,
    rebalance_band: Number(row.rebalanceBand),
    ...Object.fromEntries(limits.map(([name, value]) => [`risk_limits.${name}`, value])),
  };
}
