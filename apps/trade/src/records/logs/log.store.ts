import type { Decision } from '@assay/domain';
import { newId } from '@assay/primitives/ids';
import { insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../../listing/time-page';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import type { SpanQuery } from '../deployment-page';
import { deploymentPage } from '../deployment-page';
import { SignalLogEntity } from './signal-log.entity';
import { TradeLogEntity } from './trade-log.entity';

export interface NewLogRow extends Pick<
  TradeLogEntity,
  'runId' | 'action' | 'qty' | 'price' | 'success' | 'reasonCode' | 'message' | 'checks'
> {
  deployment: Pick<DeploymentEntity, 'deploymentId' | 'ownerId' | 'strategyRevision'>;
  atMs: number;
  signal: number | null;
}

/** What became of the order that a decision wanted. */
export type Followed = Pick<TradeLogEntity, 'success' | 'reasonCode' | 'price'> & {
  orderId: string;
  message: string | null;
};

/** What the evaluator said about bars, and which deployment it was. */
export interface EvaluatedBars {
  deployment: Pick<DeploymentEntity, 'deploymentId' | 'strategyRevision'>;
  featureNames: readonly string[];
  decisions: readonly Decision[];
  evaluatedAt: Date;
}

/** Exact text of a double for PostgreSQL, the sign of zero included. */
const float8 = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The execution log and the signal log. */
@Injectable()
export class LogStore {
  /** Writes one row of the execution log and gives its id. */
  async write(em: EntityManager, { deployment, atMs, signal, ...row }: NewLogRow): Promise<string> {
    const logId = newId();
    await insertRow(em, TradeLogEntity, {
      ...row,
      logId,
      deploymentId: deployment.deploymentId,
      ownerId: deployment.ownerId,
      strategyRevision: deployment.strategyRevision,
      timestamp: new Date(atMs),
      signalValue: signal === null ? null : String(signal),
      orderId: null,
      createdAt: new Date(),
    });
    return logId;
  }

  /** Tells in the row of a decision what became of its order; the same thing once. */
  async follow(
    em: EntityManager,
    logId: string,
    { orderId, success, reasonCode, price, message }: Followed,
  ): Promise<void> {
    await em.query(
      `UPDATE trade.log SET order_id = $2, success = $3, reason_code = $4, price = coalesce($5, price),
         message = CASE WHEN $6::text IS NULL THEN message ELSE message || '; ' || $6 END
       WHERE log_id = $1 AND (order_id IS NULL OR reason_code <> $4)`,
      [logId, orderId, success, reasonCode, price, message],
    );
  }

  /** The newest rows of the execution log, newest first. */
  newest(em: EntityManager, deploymentId: string, most: number): Promise<TradeLogEntity[]> {
    const order = { timestamp: 'DESC', logId: 'DESC' } as const;
    return em.find(TradeLogEntity, { where: { deploymentId }, order, take: most });
  }

  /** Rows of the execution log. */
  count(em: EntityManager, deploymentId: string): Promise<number> {
    return em.countBy(TradeLogEntity, { deploymentId });
  }

  tradePage(em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<TradeLogEntity>> {
    return deploymentPage(em, TradeLogEntity, { time: 'timestamp', id: 'logId' }, deploymentId, query);
  }

  /** Writes what the evaluator said about each bar, every bit of it. */
  async addSignals(em: EntityManager, bars: EvaluatedBars): Promise<void> {
    const { deployment, featureNames, decisions, evaluatedAt } = bars;
    for (const decision of decisions) {
      await em.query(
        `INSERT INTO trade.signal_log (deployment_id, bar_time, strategy_revision, evaluated_at, feature_names, feature_values,
           prediction, signal, weight, decision, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          deployment.deploymentId,
          new Date(decision.openTimeMs),
          deployment.strategyRevision,
          evaluatedAt,
          [...featureNames],
          Array.from(decision.features, float8),
          float8(decision.prediction),
          float8(decision.signal),
          float8(decision.weight),
          decision.decision,
          decision.reason,
        ],
      );
    }
  }

  async newestSignal(em: EntityManager, deploymentId: string): Promise<SignalLogEntity | null> {
    const where = { deploymentId };
    return (await em.find(SignalLogEntity, { where, order: { barTime: 'DESC' }, take: 1 }))[0] ?? null;
  }

  /** The target of the newest bar that has one. */
  async newestTarget(em: EntityManager, deploymentId: string): Promise<number | null> {
    const [row] = await em.query<{ signal: number }[]>(
      `SELECT signal FROM trade.signal_log WHERE deployment_id = $1 AND signal <> 'NaN' ORDER BY bar_time DESC LIMIT 1`,
      [deploymentId],
    );
    return row?.signal ?? null;
  }

  /** Names of all features that bars of the deployment were evaluated with. */
  async featureNames(em: EntityManager, deploymentId: string): Promise<string[]> {
    const rows = await em.query<{ name: string }[]>(
      `SELECT DISTINCT unnest(feature_names) COLLATE "C" AS name FROM trade.signal_log WHERE deployment_id = $1 ORDER BY name`,
      [deploymentId],
    );
    return rows.map(({ name }) => name);
  }

  signalPage(em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<SignalLogEntity>> {
    return deploymentPage(em, SignalLogEntity, { time: 'barTime', id: 'barTime' }, deploymentId, query);
  }
}
