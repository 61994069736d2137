import type { Broker } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { VenueFacts } from '../risk-gate/venue-facts';

/** Asks a venue what decisions need to know of it. */
@Injectable()
export class VenueReader {
  constructor(private readonly tx: Transactions) {}

  async read(broker: Broker, { ticker, accountId }: DeploymentEntity): Promise<VenueFacts> {
    const instrument = await broker.getInstrument(ticker);
    const health = await broker.health();
    const { capabilities } = broker;
    if (!health.reachable) return { capabilities, instrument, health, account: null, atVenue: new Set() };
    const atVenue = await this.ordersAt(broker, accountId);
    const account = await broker.getAccountInfo().catch(() => null);
    return { capabilities, instrument, health, account, atVenue };
  }

  /** An order on its way or of unknown fate is looked up: it counts only where the venue is proven to have it. */
  private async ordersAt(broker: Broker, accountId: string): Promise<Set<string>> {
    const sent = (await this.tx.run((em) =>
      em.query(
        `SELECT client_order_id, symbol, state FROM trade.order_intent
         WHERE account_id = $1 AND NOT reduce_only AND state IN ('sending', 'working', 'unknown')`,
        [accountId],
      ),
    )) as { client_order_id: string; symbol: string; state: string }[];
    const found = new Set<string>();
    for (const { client_order_id: clientOrderId, symbol, state } of sent) {
      if (state === 'working' || (await hasOrder(broker, clientOrderId, symbol))) found.add(clientOrderId);
    }
    return found;
  }
}

async function hasOrder(broker: Broker, clientOrderId: string, symbol: string): Promise<boolean> {
  try {
    return (await broker.findOrder({ clientOrderId, symbol })) !== 'not_found';
  } catch {
    return false;
  }
}
