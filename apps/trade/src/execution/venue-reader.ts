import type { Venue } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { OrderStore } from '../records/orders/order.store';
import type { VenueFacts } from '../risk-gate/venue-facts';

/** Asks a venue what decisions need to know of it. */
@Injectable()
export class VenueReader {
  constructor(
    private readonly tx: Transactions,
    private readonly orders: OrderStore,
  ) {}

  async read(broker: Venue, { ticker, accountId }: DeploymentEntity): Promise<VenueFacts> {
    const instrument = await broker.getInstrument(ticker);
    const health = await broker.health();
    const { capabilities } = broker;
    if (!health.reachable) return { capabilities, instrument, health, account: null, atVenue: new Set() };
    const atVenue = await this.ordersAt(broker, accountId);
    const account = await broker.getAccountInfo().catch(() => null);
    return { capabilities, instrument, health, account, atVenue };
  }

  /** An order on its way or of unknown fate is looked up: it counts only where the venue is proven to have it. */
  private async ordersAt(broker: Venue, accountId: string): Promise<Set<string>> {
    const sent = await this.tx.run((em) => this.orders.sentEntries(em, accountId));
    const found = new Set<string>();
    for (const { clientOrderId, symbol, state } of sent) {
      if (state === 'working' || (await hasOrder(broker, clientOrderId, symbol))) found.add(clientOrderId);
    }
    return found;
  }
}

async function hasOrder(broker: Venue, clientOrderId: string, symbol: string): Promise<boolean> {
  try {
    return (await broker.findOrder({ clientOrderId, symbol })) !== 'not_found';
  } catch {
    return false;
  }
}
