import type { Venue, Clock } from '@assay/domain';
import { orderPermissions } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Decimal, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import { LastPrices } from '../bars/last-prices';
import { LockLostError } from '../database/lock-session';
import type { HeldLock } from '../database/symbol-lock';
import { LOCK_WAIT_MS, LockBusyError, SymbolLock } from '../database/symbol-lock';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { ReplayStore } from '../records/deployments/replay.store';
import { LogStore } from '../records/logs/log.store';
import { FlattenStore } from '../records/orders/flatten.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OPEN_INTENTS, OrderStore } from '../records/orders/order.store';
import { PositionStore } from '../records/positions/position.store';
import { clockOf } from '../schedules/deployment-clock';
import { RunScheduler } from '../schedules/run-scheduler';
import { buildIntent } from './build-intent';
import { GivenUpEntries } from './given-up-entries';
import { OpenOrdersService } from './open-orders.service';
import { sendTime } from './send-time';

/** A person waits for the answer; what the venue does not answer in this time is taken back by the worker. */
const REQUEST_DEADLINE_MS = 5_000;
/** Orders that are named to who could not flatten because of them. */
const MOST_IN_FLIGHT = 5;

export interface Flattening {
  /** The close of what the ledger holds; null when it is flat. */
  intent: OrderIntentEntity | null;
  /** Intents whose fate is not known yet; what they turn out to have filled is closed as well. */
  awaits: string[];
}

/** A flatten between its two transactions: in between, orders that rest at the venue are taken back. */
interface Begun {
  requestId: string;
  /** Orders at the venue, or on their way to it, when it was asked for. */
  sent: OrderIntentEntity[];
  /** The close that is open already, if there is one. */
  known: OrderIntentEntity | null;
}

/** The manual way out of a position. */
@Injectable()
export class FlattenService {
  private readonly log = new Logger(FlattenService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly scheduler: RunScheduler,
    private readonly lock: SymbolLock,
    private readonly brokers: VenuePool,
    private readonly prices: LastPrices,
    private readonly openOrders: OpenOrdersService,
    private readonly orders: OrderStore,
    private readonly requests: FlattenStore,
    private readonly positions: PositionStore,
    private readonly accounts: AccountStore,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
    private readonly logs: LogStore,
    private readonly entries: GivenUpEntries,
  ) {}

  /**
   * Takes back what may still fill and makes the intent that closes the position; the one that is open already if there is one; none when
   * the ledger is flat. What orders that could not be settled turn out to have filled is closed by `followUp`, which also ends what a crash
   * in between leaves. Meanwhile no order of the account and symbol is on its way to the venue: what is held then is all there is.
   *
   * `lockRow` locks the deployment and may change it; `answer` is given its row as it is at the end.
   * @throws DomainError illegal_transition where the state table forbids it, unavailable when the symbol's orders are busy,
   * insufficient_data for a replay that is over and whose position no stored bar has a price for
   */
  async flatten<T>(
    known: DeploymentEntity,
    lockRow: (em: EntityManager) => Promise<DeploymentEntity>,
    answer: (em: EntityManager, row: DeploymentEntity, flattening: Flattening) => Promise<T>,
  ): Promise<T> {
    const { broker, accountId, ticker: symbol, deploymentId } = known;
    const body = async (held: HeldLock): Promise<T> => {
      const begun = await this.tx.run(async (em) => this.begin(em, await lockRow(em)));
      if (!begun.known) await this.takeBack(known, begun.sent, held);
      held.check();
      return this.tx.run(async (em) => {
        const row = await this.deployments.lock(em, deploymentId);
        return answer(em, row, await this.finish(em, row, begun));
      });
    };
    try {
      return await this.lock.hold({ broker, accountId, symbol }, 'flattens', body, LOCK_WAIT_MS.request);
    } catch (error) {
      if (!(error instanceof LockBusyError || error instanceof LockLostError)) throw error;
      const why = error instanceof LockBusyError ? `are held by ${error.heldBy}` : 'went on elsewhere';
      throw refuse('unavailable', `orders of ${symbol} on account ${accountId} ${why}: flatten again in a moment`, {
        symbol,
        account_id: accountId,
        held_by: error instanceof LockBusyError ? error.heldBy : null,
        in_flight: await this.inFlight(known),
      });
    }
  }

  /** Why a flatten would be refused now, as it would be told; null where it would not. */
  async refusal(em: EntityManager, deployment: DeploymentEntity): Promise<string | null> {
    const { tradingState } = await this.accounts.get(em, deployment.accountId);
    const refusal = notPermitted(deployment, tradingState) ?? (await this.unpriced(em, deployment));
    return refusal?.message ?? null;
  }

  /** Why what a replay that is over holds cannot be closed; null where it can, or nothing is held. */
  private async unpriced(em: EntityManager, deployment: DeploymentEntity): Promise<Error | null> {
    if (!(await this.holds(em, deployment.deploymentId))) return null;
    const at = await this.now(em, deployment.deploymentId);
    return (await this.sendAfter(em, deployment, at)) === null ? noPrice(deployment, at) : null;
  }

  private async begin(em: EntityManager, deployment: DeploymentEntity): Promise<Begun> {
    const { deploymentId, accountId } = deployment;
    const account = await this.accounts.get(em, accountId);
    const refusal = notPermitted(deployment, account.tradingState);
    if (refusal) throw refusal;
    // a person who goes out is not to be entered again a minute later
    await this.entries.giveUp(em, deployment, 'the position was flattened by a person');
    const open = await this.orders.openIntents(em, deploymentId);
    const pending = await this.requests.of(em, deploymentId);
    const requestId = pending?.requestId ?? newId();
    const known = open.find((intent) => intent.trigger === 'flatten') ?? null;
    if (known) return { requestId, sent: [], known };
    const at = await this.now(em, deploymentId);
    const unpriced = await this.unpriced(em, deployment);
    if (unpriced) throw unpriced;
    await this.orders.cancelWaiting(em, deploymentId, 'flatten', at);
    const sent = open.filter((intent) => intent.state !== 'waiting');
    await this.requests.keep(em, {
      deploymentId,
      requestId,
      awaits: sent.map(({ intentId }) => intentId),
      requestedAt: at,
    });
    return { requestId, sent, known };
  }

  private async finish(em: EntityManager, deployment: DeploymentEntity, begun: Begun): Promise<Flattening> {
    const { deploymentId } = deployment;
    const { requestId, known } = begun;
    if (known) {
      const pending = await this.requests.of(em, deploymentId);
      return { intent: known, awaits: pending?.awaits ?? [] };
    }
    const at = await this.now(em, deploymentId);
    const sent = begun.sent.map(({ intentId }) => intentId);
    const awaits = (await this.orders.intentsIn(em, sent, OPEN_INTENTS)).map(({ intentId }) => intentId);
    if (awaits.length > 0) await this.requests.keep(em, { deploymentId, requestId, awaits, requestedAt: at });
    else await this.requests.end(em, deploymentId);
    return { intent: await this.close(em, deployment, requestId, at), awaits };
  }

  /** What is on its way to the venue while somebody else holds the symbol. */
  private async inFlight({ accountId, ticker: symbol }: DeploymentEntity): Promise<object[]> {
    const rows = await this.tx.run((em) => this.orders.inFlight(em, accountId, symbol, MOST_IN_FLIGHT));
    return rows.map((row) => ({
      client_order_id: row.clientOrderId,
      state: row.state,
      sending_since: row.sendStartedAt?.toISOString() ?? null,
    }));
  }

  /**
   * Closes what orders of unknown fate turned out to have filled after the flatten was asked for. Does nothing while one of them, or a close of
   * the same flatten, is not settled. The caller holds the symbol's lock; the intent and the end of the request are one transaction.
   */
  async followUp(em: EntityManager, deployment: DeploymentEntity, clock: Clock): Promise<OrderIntentEntity | null> {
    const { deploymentId } = deployment;
    const request = await this.requests.lock(em, deploymentId);
    if (!request) return null;
    const { requestId, awaits } = request;
    const open = await this.orders.openIntents(em, deploymentId);
    if (open.some((intent) => awaits.includes(intent.intentId) || intent.trigger === 'flatten')) return null;
    await this.requests.end(em, deploymentId);
    if (!(await this.holds(em, deploymentId))) return null;
    this.log.warn(`deployment ${deploymentId} holds what an order settled after its flatten has filled: closed too`);
    const at = new Date(clock.nowMs());
    await this.orders.cancelWaiting(em, deploymentId, 'flatten', at);
    if ((await this.sendAfter(em, deployment, at)) === null) return null;
    return this.close(em, deployment, requestId, at);
  }

  /** The intent that closes what the ledger holds; null when it is flat. */
  private async close(
    em: EntityManager,
    deployment: DeploymentEntity,
    requestId: string,
    at: Date,
  ): Promise<OrderIntentEntity | null> {
    const { deploymentId } = deployment;
    const sendAfterMs = await this.sendAfter(em, deployment, at);
    if (sendAfterMs === null && (await this.holds(em, deploymentId))) throw noPrice(deployment, at);
    await this.positions.aimAtFlat(em, deploymentId);
    const position = await this.positions.of(em, deploymentId);
    const held = new Decimal(position?.qty ?? 0);
    if (held.isZero() || sendAfterMs === null) return null;
    const side = held.isPositive() ? ('SELL' as const) : ('BUY' as const);
    const qty = held.abs().toFixed();
    const logId = await this.logs.write(em, {
      deployment,
      runId: null,
      atMs: at.getTime(),
      signal: 0,
      action: side,
      qty,
      price: null,
      success: false,
      reasonCode: 'intended',
      message: `flatten ${side} ${qty} ${deployment.ticker}; may be sent from ${new Date(sendAfterMs).toISOString()}`,
      checks: [],
    });
    const key = { deploymentId, trigger: 'flatten', triggerKey: requestId, leg: 'close' } as const;
    const intent = buildIntent({
      deployment,
      trigger: 'flatten',
      triggerKey: requestId,
      leg: { leg: 'close', side, qty, reducing: true, afterClose: false },
      attempt: 1 + (await this.orders.attempts(em, key)),
      signal: 0,
      decisionPrice: null,
      sendAfterMs,
      nowMs: at.getTime(),
      dependsOn: null,
      logId,
    });
    await this.orders.addIntents(em, [intent]);
    if (await this.overReplay(em, deployment)) await this.replays.moveClock(em, deploymentId, new Date(sendAfterMs));
    await this.scheduler.send(em, deployment, new Date(Math.max(Date.now(), sendAfterMs)));
    return intent;
  }

  /**
   * When the close may be sent. A replay that is over has no session ahead that would bring its clock anywhere: it goes to the next bar that is
   * stored, whose open is the price that was to be had; null where none is.
   */
  private async sendAfter(em: EntityManager, deployment: DeploymentEntity, at: Date): Promise<number | null> {
    if (await this.overReplay(em, deployment)) return this.prices.nextOpenMs(deployment, at.getTime());
    return sendTime(deployment, at.getTime(), true);
  }

  private async overReplay(em: EntityManager, { deploymentId, status }: DeploymentEntity): Promise<boolean> {
    const replay = await this.replays.of(em, deploymentId);
    return replay !== null && this.replays.isOver(replay, status === 'stopped');
  }

  private async holds(em: EntityManager, deploymentId: string): Promise<boolean> {
    const position = await this.positions.of(em, deploymentId);
    return !new Decimal(position?.qty ?? 0).isZero();
  }

  /** Tries again what `flatten` could not: takes back the orders it waits for that still rest at the venue. The caller holds the symbol's lock. */
  async takeBackAwaited(deployment: DeploymentEntity, broker: Venue, clock: Clock, held: HeldLock): Promise<void> {
    const { deploymentId } = deployment;
    const resting = await this.tx.run(async (em) => {
      const request = await this.requests.of(em, deploymentId);
      return request ? this.orders.intentsIn(em, request.awaits, ['working']) : [];
    });
    await this.takeBackEach(deployment, broker, clock, resting, held);
  }

  private async takeBack(deployment: DeploymentEntity, sent: OrderIntentEntity[], held: HeldLock): Promise<void> {
    if (sent.length === 0) return;
    const { deploymentId } = deployment;
    const clock = clockOf(await this.tx.run((em) => this.replays.of(em, deploymentId)));
    try {
      const broker = await this.brokers.open(deployment, clock, { deadlineMs: REQUEST_DEADLINE_MS });
      await this.takeBackEach(deployment, broker, clock, sent, held);
    } catch (error) {
      held.check();
      this.log.warn(`orders of ${deploymentId} are taken back later: ${(error as Error).message}`);
    }
  }

  /** A venue that does not answer must not keep us from closing what we know we hold, nor one order from taking back the others. */
  private async takeBackEach(
    deployment: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    sent: OrderIntentEntity[],
    held: HeldLock,
  ): Promise<void> {
    for (const { clientOrderId } of sent) {
      held.check();
      try {
        await this.openOrders.takeBack(deployment, broker, clock, clientOrderId, held);
      } catch (error) {
        this.log.warn(
          `order ${clientOrderId} of ${deployment.deploymentId} was not taken back: ${(error as Error).message}`,
        );
      }
    }
  }

  private async now(em: EntityManager, deploymentId: string): Promise<Date> {
    return new Date(clockOf(await this.replays.of(em, deploymentId)).nowMs());
  }
}

function notPermitted(deployment: DeploymentEntity, tradingState: AccountEntity['tradingState']): Error | null {
  const { manualFlatten, reason } = orderPermissions({ ...deployment, tradingState });
  if (manualFlatten !== 'no') return null;
  return refuse('illegal_transition', `a deployment that is ${deployment.status} cannot be flattened`, { reason });
}

function noPrice({ dataSymbol: symbol, timeframe }: DeploymentEntity, at: Date): Error {
  const after = at.toISOString();
  return refuse(
    'insufficient_data',
    `the replay is over and no ${timeframe} bar of ${symbol} after ${after} is stored, so there is no price to close at: import newer bars and flatten again`,
    { symbol, timeframe, after },
  );
}
