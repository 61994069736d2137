import type { OrderLeg, ReachedLevel, RiskGateInput, RiskGateResult } from '@assay/domain';
import { weightSize } from '@assay/domain';
import { Decimal, toWire } from '@assay/primitives';
import type { ProtectiveReason } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountBook } from '../accounts/account-book';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { LogStore } from '../records/logs/log.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderStore } from '../records/orders/order.store';
import type { PositionEntity } from '../records/positions/position.entity';
import { PositionStore } from '../records/positions/position.store';
import { EquityMarks } from '../risk-gate/equity-marks';
import { judgeRisk } from '../risk-gate/pre-trade-risk';
import type { RiskFacts } from '../risk-gate/risk-facts';
import { RiskFactsReader } from '../risk-gate/risk-facts';
import type { RunContext } from '../risk-gate/run-context';
import { buildIntent } from './build-intent';
import { FLAT, ownProfit } from './ledger';
import { OpenOrdersService, TakeBackFirst } from './open-orders.service';
import { reasonText } from './reason-text';
import { sendTime } from './send-time';

/** A target, and what it was made of. */
export interface Decided {
  /** What rested at the venue and led away from the target was taken back already, as far as it could be. */
  tookBack: boolean;
  runId: string | null;
  trigger: RiskGateInput['trigger'];
  /** The bar's close as ISO-8601. */
  triggerKey: string;
  signal: number | null;
  weight: number;
  joined: boolean;
  data: RiskGateInput['data'];
  lastPrice: string | null;
  /** Why the evaluator had no signal, where it had none. */
  noSignal: string | null;
  /** Log a row even when nothing is to be done; the stop-loss monitor does not. */
  logHold: boolean;
  /** The level of the strategy's own that the last price has reached. */
  reached?: ReachedLevel | null;
  /** Which rule of the strategy ended its position in the bar or at its close. */
  exit?: ProtectiveReason | null;
  /** What an entry order is sent as where it is not at the market: the price that it is never filled worse than. */
  limitPrice?: string | null;
  /** Why a leg is ordered, where the code says too little. */
  because?(leg: OrderLeg): string | null;
  /** What the feed of the bars refused, where one is missing. */
  feedSays?: string | null;
}

/** What pre-trade risk answered, and the records that it looked at. */
interface Judged {
  facts: RiskFacts;
  answer: RiskGateResult;
}

/** Turns a target into order intents, or into the log row that says why not. All in the caller's transaction; nothing is sent here. */
@Injectable()
export class OrderPlanner {
  constructor(
    private readonly risk: RiskFactsReader,
    private readonly marks: EquityMarks,
    private readonly openOrders: OpenOrdersService,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly logs: LogStore,
    private readonly accounts: AccountStore,
    private readonly book: AccountBook,
  ) {}

  /** @throws TakeBackFirst where orders that rest at the venue lead away from the target: a venue is not asked within a transaction */
  async decide(em: EntityManager, context: RunContext, decided: Decided): Promise<OrderIntentEntity[]> {
    const { deployment, clock } = context;
    const sendAfterMs = sendTime(deployment, clock.nowMs(), decided.trigger === 'stop' || decided.trigger === 'entry');
    // From here to the end of the transaction nobody else takes of the account what this decision is allowed.
    const account = await this.accounts.lock(em, deployment.accountId);
    await this.marks.keep(em, context, account);
    const judge = (): Promise<Judged> => this.judge(em, context, decided, account, sendAfterMs);
    let judged = await judge();
    const cancel = [...judged.answer.cancel, ...(await this.overEntries(em, deployment, decided))];
    if (cancel.length > 0) {
      const resting = await this.openOrders.cancelUnsent(em, deployment, clock, cancel);
      if (resting.length > 0 && !decided.tookBack) throw new TakeBackFirst(resting);
      judged = await judge();
    }
    await this.keepLatch(em, context, decided, judged);
    const { answer } = judged;
    if (answer.verdict === 'order') return this.intend(em, context, decided, judged, sendAfterMs);
    const isTold = decided.logHold || decided.trigger === 'entry' || answer.verdict === 'rejected';
    if (isTold) await this.logNothing(em, context, decided, answer);
    await this.halt(em, judged);
    return [];
  }

  /**
   * Entries at a limit that are still open when their bar has closed: one that the bar has filled is made up at the market, for which
   * the limit that was not filled must not be waited for.
   */
  private async overEntries(
    em: EntityManager,
    { deploymentId }: DeploymentEntity,
    { trigger }: Decided,
  ): Promise<string[]> {
    if (trigger !== 'bar') return [];
    const open = await this.orders.openIntents(em, deploymentId);
    return open.filter(({ limitPrice }) => limitPrice !== null).map(({ clientOrderId }) => clientOrderId);
  }

  private async judge(
    em: EntityManager,
    context: RunContext,
    decided: Decided,
    account: AccountEntity,
    sendAfterMs: number,
  ): Promise<Judged> {
    const facts = await this.risk.read(em, context, { account, sendAfterMs });
    const size = sizeOf(context.deployment, facts.position, decided.weight, decided.lastPrice);
    return { facts, answer: judgeRisk(context, facts, { ...decided, size }) };
  }

  private async intend(
    em: EntityManager,
    { deployment, clock }: RunContext,
    decided: Decided,
    judged: Judged,
    sendAfterMs: number,
  ): Promise<OrderIntentEntity[]> {
    const { answer } = judged;
    const { deploymentId, accountId, ticker: symbol } = deployment;
    const nowMs = clock.nowMs();
    const stopped = answer.stopped && answer.latch !== null;
    const trigger = stopped ? 'stop' : decided.trigger === 'entry' ? 'entry' : 'bar';
    const triggerKey = stopped ? new Date(answer.latch!.atMs).toISOString() : decided.triggerKey;
    const intents: OrderIntentEntity[] = [];
    for (const leg of answer.legs) {
      const key = { deploymentId, trigger, triggerKey, leg: leg.leg } as const;
      const attempt = trigger !== 'bar' ? 1 + (await this.orders.attempts(em, key)) : 1;
      const dependsOn = leg.afterClose ? (intents[0]?.intentId ?? null) : null;
      const logId = await this.logs.write(em, {
        deployment,
        runId: decided.runId,
        atMs: nowMs,
        signal: decided.signal,
        action: leg.side,
        qty: leg.qty,
        price: decided.lastPrice,
        success: false,
        reasonCode: 'intended',
        message: `${leg.leg} ${leg.side} ${leg.qty} ${symbol}, ${reasonOfLeg(answer.code, leg, decided)}; may be sent from ${new Date(sendAfterMs).toISOString()}`,
        checks: answer.checks,
      });
      const { signal, lastPrice: decisionPrice, limitPrice } = decided;
      const why = { signal, decisionPrice, limitPrice, dependsOn, logId };
      intents.push(buildIntent({ deployment, trigger, triggerKey, leg, attempt, sendAfterMs, nowMs, ...why }));
    }
    await this.orders.addIntents(em, intents);
    const target = { deploymentId, accountId, symbol, signal: answer.signal, qty: answer.target };
    await this.positions.aimAt(em, target, new Date(nowMs));
    await this.halt(em, judged);
    return intents;
  }

  private async logNothing(
    em: EntityManager,
    { deployment, clock }: RunContext,
    decided: Decided,
    answer: RiskGateResult,
  ): Promise<void> {
    const rejected = answer.verdict === 'rejected';
    const action = rejected ? 'REJECTED' : 'HOLD';
    if (decided.trigger === 'entry' && (await this.isSaid(em, deployment, action, answer.code))) return;
    const code = answer.code === 'insufficient_data' ? (decided.noSignal ?? answer.code) : answer.code;
    await this.logs.write(em, {
      deployment,
      runId: decided.runId,
      atMs: clock.nowMs(),
      signal: decided.signal,
      action,
      qty: answer.legs[0]?.qty ?? '0',
      price: decided.lastPrice,
      success: !rejected,
      reasonCode: code,
      message: [reasonText(answer.checks, code), decided.feedSays && `its feed: ${decided.feedSays}`]
        .filter(Boolean)
        .join('; '),
      checks: answer.checks,
    });
  }

  /** Whether the newest row says so already: an entry order that is not let through is looked at again and again. */
  private async isSaid(
    em: EntityManager,
    { deploymentId }: DeploymentEntity,
    action: 'REJECTED' | 'HOLD',
    code: string,
  ): Promise<boolean> {
    const [newest] = await this.logs.newest(em, deploymentId, 1);
    return newest?.action === action && newest.reasonCode === code;
  }

  private async keepLatch(
    em: EntityManager,
    { deployment: { deploymentId } }: RunContext,
    decided: Decided,
    { facts, answer }: Judged,
  ): Promise<void> {
    if (!answer.latch) {
      if (facts.latch) await this.positions.dropLatch(em, deploymentId);
      return;
    }
    const loss = answer.checks.find((check) => check.check === 'stop_loss')?.actual;
    await this.positions.setLatch(em, {
      deploymentId,
      latchedSignal: answer.latch.signal,
      price: decided.lastPrice ?? '0',
      lossPct: String(loss ?? 0),
      latchedAt: new Date(answer.latch.atMs),
    });
  }

  /** An account limit that is broken stops entries of every deployment; a person's HALTED is never softened. */
  private async halt(em: EntityManager, { facts: { account }, answer }: Judged): Promise<void> {
    const { accountAction } = answer;
    if (!accountAction || account.tradingState === 'HALTED') return;
    // As it is by now: its peak was raised since it was read.
    const now = await this.accounts.lock(em, account.accountId);
    await this.book.setTradingState(em, now, accountAction.tradingState, accountAction.reason, null);
  }
}

/** An exit that a rule of the strategy asked for at the close bears its name. */
function reasonOfLeg(code: string, leg: OrderLeg, { exit, because }: Pick<Decided, 'exit' | 'because'>): string {
  if (code !== 'approved') return code;
  return because?.(leg) ?? (leg.reducing && exit ? exit : code);
}

/** |weight| x qty, or |weight| x (capital + own profit) / price; not yet rounded to the lot. */
export function sizeOf(
  { capital, qty }: Pick<DeploymentEntity, 'capital' | 'qty'>,
  position: PositionEntity | null,
  weight: number,
  price: string | null,
): string {
  if (capital === null) return toWire(new Decimal(weight).abs().times(qty ?? 0));
  if (price === null) return '0';
  return weightSize(weight, capital, ownProfit(position ?? FLAT, price), price);
}
