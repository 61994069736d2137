import type { RiskCheckRecord, TradeLogEntry } from '@assay/contracts';
import { newId } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { TradeLogEntity } from '../records/logs/trade-log.entity';

export interface NewLogRow {
  deployment: DeploymentEntity;
  runId: string | null;
  atMs: number;
  signal: number | null;
  action: TradeLogEntry['action'];
  qty: string;
  price: string | null;
  success: boolean;
  reasonCode: string;
  message: string;
  checks: RiskCheckRecord[];
}

/** Writes one row of the execution log and gives its id. */
export async function writeLog(em: EntityManager, row: NewLogRow): Promise<string> {
  const logId = newId();
  const { deployment } = row;
  await em.insert(TradeLogEntity, {
    logId,
    deploymentId: deployment.deploymentId,
    runId: row.runId,
    ownerId: deployment.ownerId,
    strategyRevision: deployment.strategyRevision,
    timestamp: new Date(row.atMs),
    signalValue: row.signal === null ? null : String(row.signal),
    action: row.action,
    qty: row.qty,
    price: row.price,
    orderId: null,
    success: row.success,
    reasonCode: row.reasonCode,
    message: row.message,
    checks: row.checks as never,
    createdAt: new Date(),
  });
  return logId;
}

/** What the log says about a check that failed, in the form of every message. */
export function failureMessage(checks: readonly RiskCheckRecord[], code: string): string {
  const failed = checks.find((check) => !check.passed && check.code === code) ?? checks.find((check) => !check.passed);
  if (!failed) return code;
  return `${failed.check} failed with ${failed.code ?? 'no code'}: was ${String(failed.actual)}, limit ${String(failed.limit)}`;
}
