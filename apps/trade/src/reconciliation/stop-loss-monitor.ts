import type { Clock, Quote, Venue } from '@assay/domain';
import { effectiveRiskLimits, exceedsStop, unrealisedLossPct } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LastPrices } from '../bars/last-prices';
import { IntentSender } from '../execution/intent-sender';
import { OpenOrdersService } from '../execution/open-orders.service';
import { OrderPlanner } from '../execution/order-planner';
import { reasonText } from '../execution/reason-text';
import { VenueReader } from '../execution/venue-reader';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionStore } from '../records/positions/position.store';
import type { RunContext } from '../risk-gate/run-context';
import { SplitGuard } from '../risk-gate/split-guard';
import { lastBarCloseMs } from '../schedules/last-bar-close';
import { StrategyLevels } from './strategy-levels';

/** Watches open positions between runs, so that a stop does not wait for the next close. */
@Injectable()
export class StopLossMonitor {
  private readonly log = new Logger(StopLossMonitor.name);

  constructor(
    private readonly tx: Transactions,
    private readonly prices: LastPrices,
    private readonly planner: OrderPlanner,
    private readonly openOrders: OpenOrdersService,
    private readonly venues: VenueReader,
    private readonly sender: IntentSender,
    private readonly deployments: DeploymentStore,
    private readonly positions: PositionStore,
    private readonly logs: LogStore,
    private readonly splits: SplitGuard,
    private readonly levels: StrategyLevels,
  ) {}

  /** @param seen the price to judge by; default: the newest that is known */
  async watch(known: DeploymentEntity, broker: Venue, clock: Clock, seen?: Quote): Promise<void> {
    const quote = seen ?? (await this.prices.of(known, clock.nowMs()));
    if (!quote || !(await this.tx.run((em) => this.isReached(em, known, quote)))) return;
    if (await this.tx.run((em) => this.isSplit(em, known, quote))) return;
    const calendar = calendarFor(known.market);
    const intents = await this.openOrders.clearFor(known, broker, clock, async (tookBack) => {
      const venue = await this.venues.read(broker, known);
      return this.tx.run(async (em) => {
        const deployment = await this.deployments.lock(em, known.deploymentId);
        return this.decide(em, { deployment, calendar, clock, venue }, quote, tookBack);
      });
    });
    if (intents.length > 0) await this.sender.sendDue(known, broker, clock);
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
    const newest = await this.logs.newestSignal(em, deployment.deploymentId);
    const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, clock.nowMs()) ?? quote.atMs;
    return this.planner.decide(em, context, {
      tookBack,
      runId: null,
      trigger: 'stop',
      triggerKey: new Date(quote.atMs).toISOString(),
      signal: newest && !Number.isNaN(newest.signal) ? newest.signal : null,
      weight: newest?.weight ?? 0,
      joined: true,
      // The price that fires it is what has to be fresh, not the bar of the last run.
      data: { lastCloseMs: quote.atMs, expectedCloseMs: Math.min(expectedCloseMs, quote.atMs) },
      lastPrice: quote.price,
      reached,
      noSignal: null,
      logHold: false,
    });
  }

  /**
   * Whether the price is one of shares that a split has made of those that are held: no fall of it is a loss, and no order of the held
   * quantity would leave the position. Logged once, as a run logs it.
   */
  private async isSplit(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<boolean> {
    const { deploymentId } = deployment;
    const [split] = await this.splits.heldOver(em, deployment, quote.atMs);
    if (!split) return false;
    const [newest] = await this.logs.newest(em, deploymentId, 1);
    if (newest?.reasonCode === 'corporate_action') return true;
    this.log.warn(`the stop of deployment ${deploymentId} is not watched over the split of ${split.exDate}`);
    await this.logs.write(em, {
      deployment,
      runId: null,
      atMs: quote.atMs,
      signal: null,
      action: 'HOLD',
      qty: '0',
      price: quote.price,
      success: true,
      reasonCode: 'corporate_action',
      message: `${reasonText([], 'corporate_action')}; until then its stop is not watched`,
      checks: [],
    });
    return true;
  }

  /** Whether the position has lost more at the price than the deployment's limit, or has reached a level of its strategy. */
  private async isReached(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<boolean> {
    const position = await this.positions.of(em, deployment.deploymentId);
    const loss = unrealisedLossPct(position?.qty ?? '0', position?.averagePrice ?? null, quote.price);
    if (exceedsStop(loss, effectiveRiskLimits(deployment.riskLimits).stop_loss_pct)) return true;
    return (await this.levels.reachedBy(em, deployment, quote)) !== null;
  }
}
