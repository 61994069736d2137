import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity';
import { OPEN_INTENTS } from '../orders/order.store';
import type { RunEntity } from '../runs/run.entity';

export interface LastRun {
  barCloseTime: Date;
  state: RunEntity['state'];
  outcome: string | null;
  reason: string | null;
  finishedAt: Date | null;
}

/** A price, and when it was one. */
export interface Mark {
  price: string;
  at: Date;
}

/** What of a deployment its own row does not say. */
export interface DeploymentFacts {
  deploymentId: string;
  strategyName: string | null;
  lastRun: LastRun | null;
  /** Price of the newest decision; of its fill, where it led to one. */
  mark: Mark | null;
  openOrders: number;
}

/** What moved a position since an instant, and what it was worth by then. */
export interface DayFacts {
  deploymentId: string;
  /** Sales less purchases and fees. */
  flow: string;
  /** Bought less sold. */
  qty: string;
  /** Price of the newest decision before the instant. */
  price: string | null;
}

export interface FlowFacts {
  flow: string;
  qty: string;
}

const FLOW = `sum(CASE f.side WHEN 'SELL' THEN f.qty * f.price ELSE - f.qty * f.price END - f.fee)`;
const QTY = `sum(CASE f.side WHEN 'BUY' THEN f.qty ELSE - f.qty END)`;

/** The few facts of many deployments that a fleet is watched by: one question each, however many deployments. */
@Injectable()
export class OverviewStore {
  /** Open of the newest stored bar of what each deployment is fed; none for one whose series is not stored. */
  newestBars(em: EntityManager, deploymentIds: readonly string[]): Promise<{ deploymentId: string; openTime: Date }[]> {
    return em.query(
      `SELECT d.deployment_id AS "deploymentId", s.last_open_time AS "openTime" FROM trade.deployment d
       JOIN market.series s ON s.source = d.data_source AND s.symbol = d.data_symbol AND s.timeframe = d.timeframe
       WHERE d.deployment_id = ANY($1::uuid[]) AND s.last_open_time IS NOT NULL`,
      [deploymentIds],
    );
  }

  async facts(em: EntityManager, deploymentIds: readonly string[]): Promise<DeploymentFacts[]> {
    const rows = await em.query<
      (Omit<DeploymentFacts, 'lastRun' | 'mark'> & LastRun & { price: string | null; priceAt: Date })[]
    >(
      `SELECT d.deployment_id AS "deploymentId", s.name AS "strategyName",
         run.bar_close_time AS "barCloseTime", run.state, run.outcome, run.reason, run.finished_at AS "finishedAt",
         mark.price::text AS price, mark."timestamp" AS "priceAt", coalesce(open_orders.count, 0)::int AS "openOrders"
       FROM trade.deployment d
       LEFT JOIN bt.strategy s ON s.strategy_id = d.strategy_id AND s.revision = d.strategy_revision
       LEFT JOIN LATERAL (SELECT * FROM trade.run r WHERE r.deployment_id = d.deployment_id
         ORDER BY r.bar_close_time DESC LIMIT 1) run ON true
       LEFT JOIN LATERAL (SELECT l.price, l."timestamp" FROM trade.log l
         WHERE l.deployment_id = d.deployment_id AND l.price > 0 ORDER BY l."timestamp" DESC LIMIT 1) mark ON true
       LEFT JOIN LATERAL (SELECT count(*) FROM trade.order_intent i
         WHERE i.deployment_id = d.deployment_id AND i.state = ANY($2)) open_orders ON true
       WHERE d.deployment_id = ANY($1)`,
      [deploymentIds, OPEN_INTENTS],
    );
    return rows.map(({ deploymentId, strategyName, openOrders, price, priceAt, ...run }) => ({
      ...{ deploymentId, strategyName, openOrders },
      lastRun: run.state === null ? null : run,
      mark: price === null ? null : { price, at: priceAt },
    }));
  }

  /** @param days from when on, for each deployment */
  day(em: EntityManager, days: readonly { deploymentId: string; from: Date }[]): Promise<DayFacts[]> {
    return em.query<DayFacts[]>(
      `SELECT d.id AS "deploymentId", coalesce(moved.flow, 0)::text AS flow, coalesce(moved.qty, 0)::text AS qty,
         mark.price::text AS price
       FROM unnest($1::uuid[], $2::timestamptz[]) AS d(id, begin)
       LEFT JOIN LATERAL (SELECT ${FLOW} AS flow, ${QTY} AS qty FROM trade.fill f
         WHERE f.deployment_id = d.id AND f.filled_at >= d.begin) moved ON true
       LEFT JOIN LATERAL (SELECT l.price FROM trade.log l
         WHERE l.deployment_id = d.id AND l."timestamp" < d.begin AND l.price > 0
         ORDER BY l."timestamp" DESC LIMIT 1) mark ON true`,
      [days.map(({ deploymentId }) => deploymentId), days.map(({ from }) => from)],
    );
  }

  /** Trading accounts of the owner, and those that are named. */
  accounts(em: EntityManager, ownerId: string, accountIds: readonly string[]): Promise<AccountEntity[]> {
    return em
      .createQueryBuilder(AccountEntity, 'r')
      .where('r.ownerId = :ownerId', { ownerId })
      .andWhere(`(r.purpose = 'trading' OR r.accountId = ANY(:accountIds))`, { accountIds })
      .orderBy('r.createdAt')
      .addOrderBy('r.accountId')
      .getMany();
  }

  /** What each account began its date with, where that is kept. */
  dayStarts(
    em: EntityManager,
    days: readonly { accountId: string; tradingDay: string }[],
  ): Promise<{ accountId: string; startEquity: string }[]> {
    return em.query(
      `SELECT d.account_id AS "accountId", d.start_equity::text AS "startEquity" FROM trade.account_day d
       JOIN unnest($1::uuid[], $2::date[]) AS wanted(id, day) ON wanted.id = d.account_id AND wanted.day = d.trading_day`,
      [days.map(({ accountId }) => accountId), days.map(({ tradingDay }) => tradingDay)],
    );
  }

  /** What all fills up to an instant come to. */
  async flowUpTo(em: EntityManager, deploymentId: string, at: Date): Promise<FlowFacts> {
    const [row] = await em.query<[FlowFacts]>(
      `SELECT coalesce(${FLOW}, 0)::text AS flow, coalesce(${QTY}, 0)::text AS qty
       FROM trade.fill f WHERE f.deployment_id = $1 AND f.filled_at <= $2`,
      [deploymentId, at],
    );
    return row;
  }

  /** What each fill comes to, after an instant and up to another, oldest first. */
  flowsBetween(
    em: EntityManager,
    deploymentId: string,
    after: Date,
    upTo: Date,
  ): Promise<(FlowFacts & { at: Date })[]> {
    return em.query(
      `SELECT f.filled_at AS at, (CASE f.side WHEN 'SELL' THEN f.qty * f.price ELSE - f.qty * f.price END - f.fee)::text AS flow,
         (CASE f.side WHEN 'BUY' THEN f.qty ELSE - f.qty END)::text AS qty
       FROM trade.fill f WHERE f.deployment_id = $1 AND f.filled_at > $2 AND f.filled_at <= $3 ORDER BY f.filled_at, f.fill_id`,
      [deploymentId, after, upTo],
    );
  }
}
