import type { Clock, Quote, Venue } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import type { PlacedAction } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IntentSender } from '../execution/intent-sender';
import { OpenOrdersService } from '../execution/open-orders.service';
import { reasonText } from '../execution/reason-text';
import { VenueReader } from '../execution/venue-reader';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { LogStore } from '../records/logs/log.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import type { RunContext } from '../risk-gate/run-context';

/** What a watch decides between two runs, and what it says where it does not watch. */
@Injectable()
export class WatchedDecision {
  private readonly log = new Logger(WatchedDecision.name);

  constructor(
    private readonly tx: Transactions,
    private readonly openOrders: OpenOrdersService,
    private readonly venues: VenueReader,
    private readonly sender: IntentSender,
    private readonly deployments: DeploymentStore,
    private readonly logs: LogStore,
  ) {}

  /** Decides under the lock of the deployment, where the next watch finds what this one has intended, and sends it. */
  async make(
    known: DeploymentEntity,
    broker: Venue,
    clock: Clock,
    decide: (em: EntityManager, context: RunContext, tookBack: boolean) => Promise<OrderIntentEntity[]>,
  ): Promise<void> {
    const calendar = calendarFor(known.market);
    const intents = await this.openOrders.clearFor(known, broker, clock, async (tookBack) => {
      const venue = await this.venues.read(broker, known);
      return this.tx.run(async (em) => {
        const deployment = await this.deployments.lock(em, known.deploymentId);
        return decide(em, { deployment, calendar, clock, venue }, tookBack);
      });
    });
    if (intents.length > 0) await this.sender.sendDue(known, broker, clock);
  }

  /** Whether a split makes the price one of other shares, over which nothing is watched. Logged once, as a run logs it. */
  async isSplit(
    em: EntityManager,
    deployment: DeploymentEntity,
    quote: Quote,
    [split]: readonly PlacedAction[],
    watched: 'stop' | 'entry order',
  ): Promise<boolean> {
    if (!split) return false;
    const { deploymentId } = deployment;
    const [newest] = await this.logs.newest(em, deploymentId, 1);
    if (newest?.reasonCode === 'corporate_action') return true;
    this.log.warn(`the ${watched} of deployment ${deploymentId} is not watched over the split of ${split.exDate}`);
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
      message: `${reasonText([], 'corporate_action')}; until then its ${watched} is not watched`,
      checks: [],
    });
    return true;
  }
}
