import type { AccountFacts, FxRate } from '@assay/domain';
import { Decimal, MINUTE_MS, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LastPrices } from '../bars/last-prices';
import type { AccountEntity } from '../records/accounts/account.entity';
import { accountLimits } from '../records/accounts/account-limits';
import { AccountStore } from '../records/accounts/account.store';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { OwnOrder } from '../records/orders/order.store';
import { OrderStore } from '../records/orders/order.store';
import type { PositionEntity } from '../records/positions/position.entity';
import { PositionStore } from '../records/positions/position.store';
import type { StopLatchEntity } from '../records/positions/stop-latch.entity';
import { RunStore } from '../records/runs/run.store';
import { ReferenceDataStore } from '../records/reference-data/reference-data.store';
import { isLimited } from './equity-marks';
import type { Holding, Reservation } from './reservations';
import { tradingDay } from './trading-day';
import { exposureOf } from './reservations';
import type { RunContext } from './run-context';

/** Currencies that count as US dollars. */
const DOLLARS = new Set(['USD', 'USDT', 'USDC']);

/** Everything that pre-trade risk looks at and that is not asked of the venue, as one look found it. */
export interface RiskFacts {
  account: AccountEntity;
  position: PositionEntity | null;
  latch: StopLatchEntity | null;
  frozen: boolean;
  openOrders: OwnOrder[];
  reservations: Reservation[];
  entriesToday: number;
  fx: 'usd' | FxRate | null;
  /** Null where the account has no limits or the venue did not tell its equity. */
  accountFacts: AccountFacts | null;
}

export interface Look {
  /** Read with its lock by the caller: what is allowed on it is taken from it before anybody else is judged. */
  account: AccountEntity;
  /** When an order that is decided now can be sent; now where it is absent. Its day is the one whose entries count. */
  sendAfterMs?: number;
  /** The intent that is judged again before it is sent, by who holds its symbol's lock: not one of the open orders. */
  intentId?: string;
}

/** Reads what pre-trade risk looks at; it writes nothing. */
@Injectable()
export class RiskFactsReader {
  constructor(
    private readonly accounts: AccountStore,
    private readonly deployments: DeploymentStore,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly referenceData: ReferenceDataStore,
    private readonly prices: LastPrices,
    private readonly runs: RunStore,
  ) {}

  async read(em: EntityManager, context: RunContext, { account, sendAfterMs, intentId }: Look): Promise<RiskFacts> {
    const { deployment, clock, calendar, venue } = context;
    const { deploymentId, accountId } = deployment;
    const nowMs = clock.nowMs();
    const position = await this.positions.of(em, deploymentId);
    const latch = await this.positions.latch(em, deploymentId);
    const frozen = await this.isFrozen(em, { accountId, symbol: deployment.ticker }, intentId);
    const reservations = await this.reservations(em, accountId, nowMs, intentId);
    const openOrders = await this.orders.openOrders(em, deploymentId, intentId);
    const day = tradingDay(calendar, sendAfterMs ?? nowMs);
    const entriesToday = await this.orders.entriesOf(em, deploymentId, day, intentId);
    const fx = await this.fxRate(em, venue.instrument.currency, nowMs);
    const accountFacts = isLimited(context, account)
      ? await this.accountFacts(em, context, account, reservations, intentId)
      : null;
    return { account, position, latch, frozen, openOrders, reservations, entriesToday, fx, accountFacts };
  }

  /**
   * Whether an order of unknown fate blocks the account and symbol. To who holds the symbol's lock (`intentId` is judged for sending) one
   * that is recorded but not settled is as unknown: whoever recorded it is gone.
   */
  isFrozen(em: EntityManager, account: { accountId: string; symbol: string }, intentId?: string): Promise<boolean> {
    const states = intentId === undefined ? (['UNKNOWN'] as const) : (['UNKNOWN', 'PENDING_NEW'] as const);
    return this.orders.hasOrderIn(em, account, states, intentId);
  }

  /** Of all deployments of the account, at the prices of the instant. */
  private async reservations(
    em: EntityManager,
    accountId: string,
    nowMs: number,
    except?: string,
  ): Promise<Reservation[]> {
    const reservations: Reservation[] = [];
    for (const { deploymentId, decisionPrice, ...row } of await this.orders.reserved(em, accountId, except)) {
      reservations.push({ ...row, price: await this.lastPrice(em, deploymentId, nowMs, decisionPrice ?? '0') });
    }
    return reservations;
  }

  private async accountFacts(
    em: EntityManager,
    { calendar, clock, venue }: RunContext,
    account: AccountEntity,
    reservations: readonly Reservation[],
    except?: string,
  ): Promise<AccountFacts> {
    const { accountId } = account;
    const { equity } = venue.account!;
    const nowMs = clock.nowMs();
    const day = await this.accounts.day(em, accountId, calendar.tradingDate(nowMs));
    // a day that was not opened would measure every loss as none
    if (!day) throw new Error(`the trading day of account ${accountId} was not opened before its limits were judged`);
    const held: Holding[] = [];
    for (const { deploymentId, qty, averagePrice } of await this.positions.heldOn(em, accountId)) {
      held.push({ qty, price: (await this.worth(em, deploymentId, nowMs)) ?? averagePrice! });
    }
    const { gross, net } = exposureOf(held, reservations);
    const [from, to] = [new Date(nowMs - MINUTE_MS), new Date(nowMs)];
    return {
      equity,
      dayStartEquity: day.startEquity,
      peakEquity: toWire(Decimal.max(account.peakEquity ?? 0, equity)),
      grossExposure: toWire(gross),
      netExposure: toWire(net),
      ordersLastMinute: await this.orders.sentBetween(em, accountId, from, to, except),
      limits: accountLimits(account.limits),
    };
  }

  /** Dollars per unit of a currency as known at the instant. */
  private async fxRate(em: EntityManager, currency: string, nowMs: number): Promise<'usd' | FxRate | null> {
    if (DOLLARS.has(currency)) return 'usd';
    const known = await this.referenceData.fxRateAt(em, currency, new Date(nowMs));
    return known && { rate: known.rate, asOfMs: Date.parse(`${known.asOf}T00:00:00Z`) };
  }

  private async worth(em: EntityManager, deploymentId: string, nowMs: number): Promise<string | null> {
    const deployment = await this.deployments.get(em, deploymentId);
    const quote = await this.prices.worth(deployment, await this.runs.state(em, deploymentId), nowMs);
    return quote?.price ?? null;
  }

  private async lastPrice(em: EntityManager, deploymentId: string, nowMs: number, otherwise: string): Promise<string> {
    const quote = await this.prices.of(await this.deployments.get(em, deploymentId), nowMs);
    return quote?.price ?? otherwise;
  }
}
