import type { Clock, Quote, Venue } from '@assay/domain';
import { effectiveRiskLimits, exceedsStop, unrealisedLossPct } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LastPrices } from '../bars/last-prices';
import { OrderPlanner } from '../execution/order-planner';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionStore } from '../records/positions/position.store';
import type { RunContext } from '../risk-gate/run-context';
import { SplitGuard } from '../risk-gate/split-guard';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { StrategyLevels } from './strategy-levels';
import { WatchedDecision } from './watched-decision';

/** Watches open positions between runs, so that a stop does not wait for the next close. */
@Injectable()
export class StopLossMonitor {
  constructor(
    private readonly tx: Transactions,
    private readonly prices: LastPrices,
    private readonly planner: OrderPlanner,
    private readonly decision: WatchedDecision,
    private readonly positions: PositionStore,
    private readonly splits: SplitGuard,
    private readonly levels: StrategyLevels,
  ) {}

  /** @param seen the price to judge by; default: the newest that is known */
  async watch(known: DeploymentEntity, broker: Venue, clock: Clock, seen?: Quote): Promise<void> {
    const quote = seen ?? (await this.prices.newest(known, clock.nowMs()));
    if (!quote || !(await this.tx.run((em) => this.isReached(em, known, quote)))) return;
    if (await this.tx.run((em) => this.isSplit(em, known, quote))) return;
    const decide = (em: EntityManager, context: RunContext, tookBack: boolean) =>
      this.decide(em, context, quote, tookBack);
    await this.decision.make(known, broker, clock, decide);
  }

  private async decide(
    em: EntityManager,
    context: RunContext,
    quote: Quote,
    tookBack: boolean,
  ): Promise<OrderIntentEntity[]> {
    const { deployment, calendar, clock } = context;
    if (!(await this.isReached(em, deployment, quote))) return [];
    const reached = await this.levels.reachedBy(em, deployment, quote);
    if (await this.isSplit(em, deployment, quote)) return [];
    const { signal, weight } = await this.levels.target(em, deployment);
    const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, clock.nowMs()) ?? quote.atMs;
    return this.planner.decide(em, context, {
      tookBack,
      runId: null,
      trigger: 'stop',
      triggerKey: new Date(quote.atMs).toISOString(),
      signal,
      weight,
      joined: true,
      // The price that fires it is what has to be fresh, not the bar of the last run.
      data: { lastCloseMs: quote.atMs, expectedCloseMs: Math.min(expectedCloseMs, quote.atMs) },
      lastPrice: quote.price,
      reached,
      noSignal: null,
      logHold: false,
    });
  }

  /** A price of shares that a split has made of those that are held: no fall of it is a loss, and no order of the held quantity would leave the position. */
  private async isSplit(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<boolean> {
    const splits = await this.splits.heldOver(em, deployment, quote.atMs);
    return this.decision.isSplit(em, deployment, quote, splits, 'stop');
  }

  /** Whether the position has lost more at the price than the deployment's limit, or has reached a level of its strategy. */
  private async isReached(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<boolean> {
    const position = await this.positions.of(em, deployment.deploymentId);
    const loss = unrealisedLossPct(position?.qty ?? '0', position?.averagePrice ?? null, quote.price);
    if (exceedsStop(loss, effectiveRiskLimits(deployment.riskLimits).stop_loss_pct)) return true;
    return (await this.levels.reachedBy(em, deployment, quote)) !== null;
  }
}
