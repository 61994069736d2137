import { Transactions } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { sendWindowMs } from '../adapters/send-window';
import type { OrderEntity } from '../records/orders/order.entity';

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
  constructor(private readonly tx: Transactions) {}

  /** Null where somebody else has taken the order over, or it is settled: then it must not be sent. */
  async take({ orderId, sendToken }: Pick<OrderEntity, 'orderId' | 'sendToken'>): Promise<SendRight | null> {
    const startedMs = performance.now();
    const [rows] = await this.tx.run(
      (em) =>
        em.query(
          `UPDATE trade.orders SET send_token = send_token + 1, send_started_at = clock_timestamp()
           WHERE order_id = $1 AND send_token = $2 AND state IN ('PENDING_NEW', 'UNKNOWN') RETURNING send_token`,
          [orderId, sendToken],
        ) as Promise<[{ send_token: number }[], number]>,
    );
    const [row] = rows;
    if (!row) return null;
    const check = (): void => {
      // Measured from before the row was written, so it ends before anybody else may count it as over.
      const windowMs = sendWindowMs();
      if (performance.now() - startedMs < windowMs) return;
      throw new Error(`order ${orderId} must begin to be sent within ${windowMs} ms and was not: it is looked up`);
    };
    return { token: row.send_token, check };
  }

  /**
   * Ends the right of every earlier sender; nobody can begin to send the order any more. Null where it is settled.
   * `sinceMs`: how long ago somebody began to send it, null where nobody ever has.
   */
  async takeOver(orderId: string): Promise<{ token: number; sinceMs: number | null } | null> {
    const [rows] = await this.tx.run(
      (em) =>
        em.query(
          `UPDATE trade.orders SET send_token = send_token + 1
           WHERE order_id = $1 AND state IN ('PENDING_NEW', 'UNKNOWN')
           RETURNING send_token, (extract(epoch FROM clock_timestamp() - send_started_at) * 1000)::float8 AS since_ms`,
          [orderId],
        ) as Promise<[{ send_token: number; since_ms: number | null }[], number]>,
    );
    const [row] = rows;
    return row ? { token: row.send_token, sinceMs: row.since_ms } : null;
  }
}
