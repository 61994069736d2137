import { insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { PositionEntity } from './position.entity';
import { StopLatchEntity } from './stop-latch.entity';

export interface Target {
  deploymentId: string;
  accountId: string;
  symbol: string;
  signal: number | null;
  qty: string;
}

/** What the fills of a deployment make. */
export type Booked = Pick<PositionEntity, 'qty' | 'averagePrice' | 'realisedPnl' | 'fees'>;

/** Positions by our ledger, the targets they are to reach, and the stops that hold them flat. */
@Injectable()
export class PositionStore {
  of(em: EntityManager, deploymentId: string): Promise<PositionEntity | null> {
    return em.findOneBy(PositionEntity, { deploymentId });
  }

  lock(em: EntityManager, deploymentId: string): Promise<PositionEntity | null> {
    return em.findOne(PositionEntity, { where: { deploymentId }, lock: { mode: 'pessimistic_write' } });
  }

  ofDeployments(em: EntityManager, deploymentIds: readonly string[]): Promise<PositionEntity[]> {
    return em.findBy(PositionEntity, { deploymentId: In([...deploymentIds]) });
  }

  /** Of every deployment of the account that is not flat. */
  heldOn(
    em: EntityManager,
    accountId: string,
  ): Promise<Pick<PositionEntity, 'deploymentId' | 'qty' | 'averagePrice'>[]> {
    return em.query(
      `SELECT deployment_id AS "deploymentId", qty, average_price AS "averagePrice"
       FROM trade.position WHERE account_id = $1 AND qty <> 0`,
      [accountId],
    );
  }

  /** Sum of the ledgers of the account and symbol. */
  async sumOf(em: EntityManager, accountId: string, symbol: string): Promise<string> {
    const [row] = await em.query<[{ qty: string }]>(
      'SELECT coalesce(sum(qty), 0)::text AS qty FROM trade.position WHERE account_id = $1 AND symbol = $2',
      [accountId, symbol],
    );
    return row.qty;
  }

  /** Keeps what the deployment now aims at; what it holds stays. */
  async aimAt(em: EntityManager, target: Target, at: Date): Promise<void> {
    await em.query(
      `INSERT INTO trade.position (deployment_id, account_id, symbol, qty, average_price, target_signal, target_qty,
         realised_pnl, fees, updated_at)
       VALUES ($1, $2, $3, 0, NULL, $4, $5, 0, 0, $6)
       ON CONFLICT (deployment_id) DO UPDATE SET target_signal = excluded.target_signal, target_qty = excluded.target_qty,
         updated_at = excluded.updated_at`,
      [target.deploymentId, target.accountId, target.symbol, target.signal, target.qty, at],
    );
  }

  async aimAtFlat(em: EntityManager, deploymentId: string): Promise<void> {
    await em.update(PositionEntity, { deploymentId }, { targetSignal: 0, targetQty: '0' });
  }

  /** What the ledger says after a fill. The caller has locked the row, or found that there is none. */
  async book(
    em: EntityManager,
    key: Pick<PositionEntity, 'deploymentId' | 'accountId' | 'symbol'>,
    held: PositionEntity | null,
    booked: Booked,
    updatedAt: Date,
  ): Promise<void> {
    if (held) await em.update(PositionEntity, { deploymentId: key.deploymentId }, { ...booked, updatedAt });
    else await insertRow(em, PositionEntity, { ...key, ...booked, targetSignal: null, targetQty: null, updatedAt });
  }

  latch(em: EntityManager, deploymentId: string): Promise<StopLatchEntity | null> {
    return em.findOneBy(StopLatchEntity, { deploymentId });
  }

  /** A latch keeps what it was set with. */
  async setLatch(em: EntityManager, latch: StopLatchEntity): Promise<void> {
    await em.createQueryBuilder().insert().into(StopLatchEntity).values(latch).orIgnore().execute();
  }

  async dropLatch(em: EntityManager, deploymentId: string): Promise<void> {
    await em.delete(StopLatchEntity, { deploymentId });
  }
}
