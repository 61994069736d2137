import type { Clock, RiskGateInput } from '@assay/domain';
import { weightSize } from '@assay/domain';
import { Outbox } from '@assay/persistence';
import { Decimal, toWire } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../records/accounts/account.entity';
import { setTradingState } from '../accounts/accounts.service';
import type { VenueFacts } from '../risk-gate/venue-facts';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { GateAnswer } from '../risk-gate/pre-trade-risk';
import { PreTradeRisk } from '../risk-gate/pre-trade-risk';
import { FLAT, ownProfit } from './ledger';
import { OpenOrdersService, TakeBackFirst } from './open-orders.service';
import { buildIntent, nextAttempt } from './order-intents';
import { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionEntity } from '../records/positions/position.entity';
import { sendTime } from './send-time';
import { StopLatchEntity } from '../records/positions/stop-latch.entity';
import { failureMessage, writeLog } from './trade-log';

export interface DecisionInput {
  deployment: DeploymentEntity;
  venue: VenueFacts;
  /** What rested at the venue and led away from the target was taken back already, as far as it could be. */
  tookBack: boolean;
  clock: Clock;
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
  /** Log a row even when nothing is to be done; the stop watch does not. */
  logHold: boolean;
}

/** Turns a target into order intents, or into the log row that says why not. All in the caller's transaction; nothing is sent here. */
@Injectable()
export class OrderPlanner {
  constructor(
    private readonly gate: PreTradeRisk,
    private readonly orders: OpenOrdersService,
    private readonly outbox: Outbox,
  ) {}

  /** @throws TakeBackFirst where orders that rest at the venue lead away from the target: a venue is not asked within a transaction */
  async decide(em: EntityManager, input: DecisionInput): Promise<OrderIntentEntity[]> {
    const { deployment, clock, lastPrice } = input;
    const size = await sizeOf(em, deployment, input.weight, lastPrice);
    const sendAfterMs = sendTime(deployment, clock.nowMs(), input.trigger === 'stop');
    const { accountId } = deployment;
    // From here to the end of the transaction nobody else takes of the account what this decision is allowed.
    const lock = { mode: 'pessimistic_write' } as const;
    const account = await em.findOneOrFail(AccountEntity, { where: { accountId }, lock });
    const ask = (): Promise<GateAnswer> => this.gate.ask(em, { ...input, size, sendAfterMs, account });
    let answer = await ask();
    if (answer.cancel.length > 0) {
      const resting = await this.orders.cancelUnsent(em, deployment, clock, answer.cancel);
      if (resting.length > 0 && !input.tookBack) throw new TakeBackFirst(resting);
      answer = await ask();
    }
    await this.keepLatch(em, input, answer);
    if (answer.verdict === 'order') return this.intend(em, input, answer, sendAfterMs);
    if (input.logHold || answer.verdict === 'rejected') await this.logNothing(em, input, answer);
    await this.halt(em, answer);
    return [];
  }

  private async intend(
    em: EntityManager,
    input: DecisionInput,
    answer: GateAnswer,
    sendAfterMs: number,
  ): Promise<OrderIntentEntity[]> {
    const { deployment, clock } = input;
    const { deploymentId, accountId } = deployment;
    const nowMs = clock.nowMs();
    const stopped = answer.stopped && answer.latch !== null;
    const trigger = stopped ? 'stop' : 'bar';
    const triggerKey = stopped ? new Date(answer.latch!.atMs).toISOString() : input.triggerKey;
    const intents: OrderIntentEntity[] = [];
    for (const leg of answer.legs) {
      const attempt = stopped ? await nextAttempt(em, deploymentId, trigger, triggerKey, leg.leg) : 1;
      const common = { deployment, trigger, triggerKey, leg, attempt, sendAfterMs, nowMs } as const;
      const dependsOn = leg.afterClose ? (intents[0]?.intentId ?? null) : null;
      const planned = { ...common, signal: input.signal, decisionPrice: input.lastPrice, dependsOn };
      const logId = await writeLog(em, {
        deployment,
        runId: input.runId,
        atMs: nowMs,
        signal: input.signal,
        action: leg.side,
        qty: leg.qty,
        price: input.lastPrice,
        success: false,
        reasonCode: 'intended',
        message: `${leg.leg} ${leg.side} ${leg.qty} ${deployment.ticker}, ${answer.code}; may be sent from ${new Date(sendAfterMs).toISOString()}`,
        checks: answer.checks,
      });
      intents.push(buildIntent(em, { ...planned, logId }));
    }
    await em.insert(OrderIntentEntity, intents as never);
    await keepTarget(em, { deploymentId, accountId, symbol: deployment.ticker, answer, nowMs });
    await this.halt(em, answer);
    return intents;
  }

  private async logNothing(em: EntityManager, input: DecisionInput, answer: GateAnswer): Promise<void> {
    const rejected = answer.verdict === 'rejected';
    const code = answer.code === 'insufficient_data' ? (input.noSignal ?? answer.code) : answer.code;
    await writeLog(em, {
      deployment: input.deployment,
      runId: input.runId,
      atMs: input.clock.nowMs(),
      signal: input.signal,
      action: rejected ? 'REJECTED' : 'HOLD',
      qty: answer.legs[0]?.qty ?? '0',
      price: input.lastPrice,
      success: !rejected,
      reasonCode: code,
      message: rejected ? failureMessage(answer.checks, answer.code) : code,
      checks: answer.checks,
    });
  }

  private async keepLatch(em: EntityManager, input: DecisionInput, answer: GateAnswer): Promise<void> {
    const { deploymentId } = input.deployment;
    if (!answer.latch) {
      if (answer.wasLatched) await em.delete(StopLatchEntity, { deploymentId });
      return;
    }
    const loss = answer.checks.find((check) => check.check === 'stop_loss')?.actual;
    // A latch keeps what it was set with.
    await em
      .createQueryBuilder()
      .insert()
      .into(StopLatchEntity)
      .values({
        deploymentId,
        latchedSignal: answer.latch.signal,
        price: input.lastPrice ?? '0',
        lossPct: String(loss ?? 0),
        latchedAt: new Date(answer.latch.atMs),
      })
      .orIgnore()
      .execute();
  }

  /** An account limit that is broken stops entries of every deployment; a person's HALTED is never softened. */
  private async halt(em: EntityManager, { account: { accountId }, accountAction }: GateAnswer): Promise<void> {
    if (!accountAction) return;
    const account = await em.findOneOrFail(AccountEntity, {
      where: { accountId },
      lock: { mode: 'pessimistic_write' },
    });
    if (account.tradingState === 'HALTED') return;
    await setTradingState(em, this.outbox, account, accountAction.tradingState, accountAction.reason, null);
  }
}

/** |weight| x qty, or |weight| x (capital + own profit) / price; not yet rounded to the lot. */
async function sizeOf(
  em: EntityManager,
  deployment: DeploymentEntity,
  weight: number,
  price: string | null,
): Promise<string> {
  if (deployment.capital === null) return toWire(new Decimal(weight).abs().times(deployment.qty ?? 0));
  if (price === null) return '0';
  const position = await em.findOneBy(PositionEntity, { deploymentId: deployment.deploymentId });
  return weightSize(weight, deployment.capital, ownProfit(position ?? FLAT, price), price);
}

async function keepTarget(
  em: EntityManager,
  input: { deploymentId: string; accountId: string; symbol: string; answer: GateAnswer; nowMs: number },
): Promise<void> {
  const { deploymentId, accountId, symbol, answer, nowMs } = input;
  await em.query(
    `INSERT INTO trade.position (deployment_id, account_id, symbol, qty, average_price, target_signal, target_qty,
       realised_pnl, fees, updated_at)
     VALUES ($1, $2, $3, 0, NULL, $4, $5, 0, 0, $6)
     ON CONFLICT (deployment_id) DO UPDATE SET target_signal = excluded.target_signal, target_qty = excluded.target_qty,
       updated_at = excluded.updated_at`,
    [deploymentId, accountId, symbol, answer.signal, answer.target, new Date(nowMs)],
  );
}
