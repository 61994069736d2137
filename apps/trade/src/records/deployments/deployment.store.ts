import { insertNew, updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../listing/time-page';
import { timePage } from '../../listing/time-page';
import { OPEN_INTENTS } from '../orders/order.store';
import type { Queries } from '../queries';
import { DeploymentEntity } from './deployment.entity';

/** What of a deployment says where its prices come from. */
export type Binding = Pick<
  DeploymentEntity,
  'ticker' | 'market' | 'dataSymbol' | 'dataSource' | 'timeframe' | 'adjustment'
>;

/** What a deployment holds, and the last bar that it was decided on. */
export type Holding = Binding & { qty: string; lastBar: Date; lastClose: number };

const BINDING = `d.ticker, d.market, d.data_symbol AS "dataSymbol", d.data_source AS "dataSource", d.timeframe, d.adjustment`;

async function binding(db: Queries, which: string, params: unknown[]): Promise<Binding | null> {
  const rows = (await db.query(`SELECT ${BINDING} FROM trade.deployment d ${which}`, params)) as Binding[];
  return rows[0] ?? null;
}

async function holdings(db: Queries, which: string, params: unknown[]): Promise<Holding[]> {
  const sql = `SELECT ${BINDING}, p.qty, s.last_bar AS "lastBar", s.last_close AS "lastClose"
    FROM trade.position p JOIN trade.deployment d USING (deployment_id) JOIN trade.evaluator_state s USING (deployment_id)
    ${which} AND p.qty <> 0`;
  return (await db.query(sql, params)) as Holding[];
}

/** Deployments. */
@Injectable()
export class DeploymentStore {
  /** False where the id is taken. */
  add(em: EntityManager, row: DeploymentEntity): Promise<boolean> {
    return insertNew(em, DeploymentEntity, row);
  }

  find(em: EntityManager, deploymentId: string): Promise<DeploymentEntity | null> {
    return em.findOneBy(DeploymentEntity, { deploymentId });
  }

  get(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return em.findOneByOrFail(DeploymentEntity, { deploymentId });
  }

  /** Held to the end of the transaction: nobody else changes it, nor reads it for a change. */
  lock(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return em.findOneOrFail(DeploymentEntity, { where: { deploymentId }, lock: { mode: 'pessimistic_write' } });
  }

  /** As `lock`; null where there is none. */
  tryLock(em: EntityManager, deploymentId: string): Promise<DeploymentEntity | null> {
    return em.findOne(DeploymentEntity, { where: { deploymentId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Held to the end of the transaction: it stays as it is. */
  lockShared(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return em.findOneOrFail(DeploymentEntity, { where: { deploymentId }, lock: { mode: 'pessimistic_read' } });
  }

  async set(em: EntityManager, deploymentId: string, set: Partial<DeploymentEntity>): Promise<void> {
    await updateRows(em, DeploymentEntity, { deploymentId }, set);
  }

  async save(em: EntityManager, row: DeploymentEntity): Promise<void> {
    await em.save(DeploymentEntity, row);
  }

  page(
    em: EntityManager,
    ownerId: string,
    status: DeploymentEntity['status'] | 'all' | undefined,
    query: TimePageQueryDto,
  ): Promise<RowPage<DeploymentEntity>> {
    const own = em.createQueryBuilder(DeploymentEntity, 'r').where('r.ownerId = :ownerId', { ownerId });
    if (status === undefined) own.andWhere(`r.status <> 'stopped'`);
    else if (status !== 'all') own.andWhere('r.status = :status', { status });
    return timePage(own, { time: 'createdAt', id: 'deploymentId' }, query);
  }

  /** Deployments of a strategy that are not stopped. */
  async openOf(em: EntityManager, strategyId: string): Promise<string[]> {
    const rows = await em.query<{ deployment_id: string }[]>(
      `SELECT deployment_id FROM trade.deployment WHERE strategy_id = $1 AND status <> 'stopped' ORDER BY 1`,
      [strategyId],
    );
    return rows.map((row) => row.deployment_id);
  }

  /** Those that may trade, that have an open intent, or whose flatten waits. */
  toReconcile(em: EntityManager): Promise<DeploymentEntity[]> {
    return em
      .createQueryBuilder(DeploymentEntity, 'd')
      .where(
        `d.status IN ('active', 'paused')
         OR EXISTS (SELECT 1 FROM trade.order_intent i WHERE i.deployment_id = d.deployment_id AND i.state IN (:...open))
         OR EXISTS (SELECT 1 FROM trade.flatten_request f WHERE f.deployment_id = d.deployment_id)`,
        { open: OPEN_INTENTS },
      )
      .orderBy('d.deploymentId')
      .getMany();
  }

  /** Blocks, or unblocks, the symbol on the account for every deployment that trades it there. */
  async setFrozen(em: EntityManager, accountId: string, symbol: string, reason: string | null): Promise<void> {
    const updatedAt = new Date();
    const trades = { accountId, ticker: symbol };
    if (reason !== null) await em.update(DeploymentEntity, trades, { sync: 'frozen', syncReason: reason, updatedAt });
    else {
      const thawed = { sync: 'in_sync', syncReason: null, updatedAt } as const;
      await em.update(DeploymentEntity, { ...trades, sync: 'frozen' }, thawed);
    }
  }

  /** Marks all that trade the symbol on the account; with `from`, only those in that state. */
  async setDrifted(
    em: EntityManager,
    { accountId, symbol }: { accountId: string; symbol: string },
    syncReason: string,
    updatedAt: Date,
    from?: DeploymentEntity['sync'],
  ): Promise<void> {
    const which = { accountId, ticker: symbol, ...(from === undefined ? {} : { sync: from }) };
    await em.update(DeploymentEntity, which, { sync: 'drifted', syncReason, updatedAt });
  }

  /** Ends a drift that is over. */
  async setAgreed(em: EntityManager, deploymentId: string, updatedAt: Date): Promise<void> {
    const agreed = { sync: 'in_sync', syncReason: null, updatedAt } as const;
    await em.update(DeploymentEntity, { deploymentId, sync: 'drifted' }, agreed);
  }

  /** Of the deployment that sent an order; null for an order of nobody here. */
  senderOf(db: Queries, clientOrderId: string): Promise<Binding | null> {
    return binding(db, 'JOIN trade.order_intent i USING (deployment_id) WHERE i.client_order_id = $1', [clientOrderId]);
  }

  /** Of the newest deployment that trades the symbol on the account. */
  traderOf(db: Queries, accountId: string, symbol: string): Promise<Binding | null> {
    const newest = 'WHERE d.account_id = $1 AND d.ticker = $2 ORDER BY d.created_at DESC LIMIT 1';
    return binding(db, newest, [accountId, symbol]);
  }

  /** What the deployments of an account hold of a symbol. */
  holdings(db: Queries, accountId: string, symbol: string): Promise<Holding[]> {
    return holdings(db, 'WHERE p.account_id = $1 AND p.symbol = $2', [accountId, symbol]);
  }

  /** What the deployment that sent an order holds; empty where it holds nothing. */
  holdingsOfSender(db: Queries, clientOrderId: string): Promise<Holding[]> {
    return holdings(db, 'JOIN trade.order_intent i USING (deployment_id) WHERE i.client_order_id = $1', [
      clientOrderId,
    ]);
  }
}
