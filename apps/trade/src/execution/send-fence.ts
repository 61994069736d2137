import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { sendWindowMs } from '../adapters/send-window';
import type { OrderEntity } from '../records/orders/order.entity';
import { OrderStore } from '../records/orders/order.store';

/** The right to put one order on the wire, once. */
export interface SendRight {
  token: number;
  /** @throws where the time in which the sending had to begin is over */
  check(): void;
}

/**
 * The fence between two senders of one order: a lock can be lost while its holder lives and does not know it yet. The right is a number in
 * the order's row that only rises, taken and committed right before the request; an older one is worth nothing.
 */
@Injectable()
export class SendFence {
  constructor(
    private readonly tx: Transactions,
    private readonly orders: OrderStore,
  ) {}

  /** Null where somebody else has taken the order over, or it is settled: then it must not be sent. */
  async take(order: Pick<OrderEntity, 'orderId' | 'sendToken'>): Promise<SendRight | null> {
    const startedMs = performance.now();
    const token = await this.tx.run((em) => this.orders.takeSendRight(em, order));
    if (token === null) return null;
    const check = (): void => {
      // Measured from before the row was written, so it ends before anybody else may count it as over.
      const windowMs = sendWindowMs();
      if (performance.now() - startedMs < windowMs) return;
      throw new Error(
        `order ${order.orderId} must begin to be sent within ${windowMs} ms and was not: it is looked up`,
      );
    };
    return { token, check };
  }

  /**
   * Ends the right of every earlier sender; nobody can begin to send the order any more. Null where it is settled.
   * `sinceMs`: how long ago somebody began to send it, null where nobody ever has.
   */
  takeOver(orderId: string): Promise<{ token: number; sinceMs: number | null } | null> {
    return this.tx.run((em) => this.orders.takeOverSendRight(em, orderId));
  }
}
