import type { Clock, Quote, Venue } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LastPrices } from '../bars/last-prices';
import { OrderPlanner } from '../execution/order-planner';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { levelText } from '../records/runs/resting-order';
import type { RunContext } from '../risk-gate/run-context';
import { SplitGuard } from '../risk-gate/split-guard';
import { limitPrice } from './limit-price';
import { isReachedBy, RestingEntries, type WaitingEntry } from './resting-entry';
import { WatchedDecision } from './watched-decision';

/**
 * Watches the entry orders of strategies between their bars. An order is emulated: it rests in the state of the evaluator
 * alone, so that nothing is left behind at a venue, and is sent once the newest price has reached its level.
 */
@Injectable()
export class EntryWatch {
  constructor(
    private readonly tx: Transactions,
    private readonly prices: LastPrices,
    private readonly planner: OrderPlanner,
    private readonly decision: WatchedDecision,
    private readonly deployments: DeploymentStore,
    private readonly splits: SplitGuard,
    private readonly entries: RestingEntries,
  ) {}

  /** @param seen the price to judge by; default: the newest that is known */
  async watch(known: DeploymentEntity, broker: Venue, clock: Clock, seen?: Quote): Promise<void> {
    // most deployments have no order that rests: no price is read for them
    if (!(await this.tx.run((em) => this.entries.of(em, known, clock.nowMs())))) return;
    const quote = seen ?? (await this.prices.newest(known, clock.nowMs()));
    if (!quote || !(await this.tx.run((em) => this.reached(em, known, quote, clock)))) return;
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
    const { deployment, clock } = context;
    const { deploymentId } = deployment;
    const entry = await this.reached(em, deployment, quote, clock);
    if (!entry) return [];
    const splits = await this.splits.sinceDecided(em, deployment, quote.atMs);
    if (await this.decision.isSplit(em, deployment, quote, splits, 'entry order')) return [];
    const { type, level, side, weight, joined, closeMs, key } = entry;
    const because = `entry ${type} at ${levelText(level)} reached at ${quote.price}`;
    const intents = await this.planner.decide(em, context, {
      tookBack,
      runId: null,
      trigger: 'entry',
      triggerKey: key,
      signal: side,
      weight,
      joined,
      data: { lastCloseMs: closeMs, expectedCloseMs: closeMs },
      lastPrice: quote.price,
      limitPrice: type === 'limit' ? limitPrice(entry, quote, context.venue) : null,
      because: () => because,
      noSignal: null,
      logHold: false,
    });
    if (intents.length > 0 && !deployment.joined) await this.deployments.set(em, deploymentId, { joined });
    return intents;
  }

  private async reached(
    em: EntityManager,
    deployment: DeploymentEntity,
    quote: Quote,
    clock: Clock,
  ): Promise<WaitingEntry | null> {
    const entry = await this.entries.of(em, deployment, clock.nowMs());
    return entry && isReachedBy(entry, quote) ? entry : null;
  }
}
