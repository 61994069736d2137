import type { Broker, Clock } from '@assay/domain';
import { effectiveRiskLimits, exceedsStop, unrealisedLossPct } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { VenueFacts } from '../risk-gate/venue-facts';
import { VenueReader } from '../execution/venue-reader';
import { SeriesMarket } from '../bars/series-market';
import { SeriesStore } from '../bars/series-store';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { OrderPlanner } from '../execution/order-planner';
import { IntentSender } from '../execution/intent-sender';
import { OpenOrdersService } from '../execution/open-orders.service';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { PositionEntity } from '../records/positions/position.entity';
import { SignalLogEntity } from '../records/logs/signal-log.entity';
import { lastBarCloseMs } from '../schedules/last-bar-close';

/** Watches open positions between runs, so that a stop does not wait for the next close. */
@Injectable()
export class StopLossMonitor {
  constructor(
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly decisions: OrderPlanner,
    private readonly orders: OpenOrdersService,
    private readonly venues: VenueReader,
    private readonly sender: IntentSender,
  ) {}

  async watch(known: DeploymentEntity, broker: Broker, clock: Clock): Promise<void> {
    const { deploymentId } = known;
    const calendar = calendarFor(known.market);
    const quote = await new SeriesMarket(this.series, known, calendar).last(known.ticker, clock.nowMs());
    if (!quote || !(await this.tx.run((em) => isReached(em, known, quote.price)))) return;
    const decide = async (em: EntityManager, venue: VenueFacts, tookBack: boolean): Promise<OrderIntentEntity[]> => {
      const deployment = await em.findOneOrFail(DeploymentEntity, {
        where: { deploymentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!(await isReached(em, deployment, quote.price))) return [];
      const [newest] = await em.find(SignalLogEntity, { where: { deploymentId }, order: { barTime: 'DESC' }, take: 1 });
      const expectedCloseMs = lastBarCloseMs(calendar, deployment.timeframe, clock.nowMs()) ?? quote.atMs;
      return this.decisions.decide(em, {
        deployment,
        venue,
        tookBack,
        clock,
        runId: null,
        trigger: 'stop',
        triggerKey: new Date(quote.atMs).toISOString(),
        signal: newest && !Number.isNaN(newest.signal) ? newest.signal : null,
        weight: newest?.weight ?? 0,
        joined: true,
        // The price that fires it is what has to be fresh, not the bar of the last run.
        data: { lastCloseMs: quote.atMs, expectedCloseMs: Math.min(expectedCloseMs, quote.atMs) },
        lastPrice: quote.price,
        noSignal: null,
        logHold: false,
      });
    };
    const intents = await this.orders.clearFor(known, broker, clock, async (tookBack) => {
      const venue = await this.venues.read(broker, known);
      return this.tx.run((em) => decide(em, venue, tookBack));
    });
    if (intents.length > 0) await this.sender.sendDue(known, broker, clock);
  }
}

/** Whether the position has lost more at the price than the deployment's limit. */
async function isReached(em: EntityManager, deployment: DeploymentEntity, price: string): Promise<boolean> {
  const position = await em.findOneBy(PositionEntity, { deploymentId: deployment.deploymentId });
  const loss = unrealisedLossPct(position?.qty ?? '0', position?.averagePrice ?? null, price);
  return exceedsStop(loss, effectiveRiskLimits(deployment.riskLimits).stopLossPct);
}
