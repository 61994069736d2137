import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { OrderStore } from '../records/orders/order.store';

/** An UNKNOWN order blocks its account and symbol; the last one resolved lifts that. */
@Injectable()
export class SymbolFreeze {
  constructor(
    private readonly orders: OrderStore,
    private readonly deployments: DeploymentStore,
  ) {}

  async settle(em: EntityManager, accountId: string, symbol: string): Promise<void> {
    const unknown = await this.orders.hasOrderIn(em, { accountId, symbol }, ['UNKNOWN']);
    await this.deployments.setFrozen(em, accountId, symbol, unknown ? 'an order is UNKNOWN' : null);
  }
}
