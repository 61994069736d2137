import { Decimal } from '@assay/primitives';
import type { Quotes } from '../../bars/quotes';
import { costOf, equityOf, isReduced, shortOf, signedQty } from './cash';
import type { PaperStore } from './store';
import type { AccountRow, OrderRow } from './wire';

/** Fills what can be filled by now; the caller holds the account's lock. */
export async function matchOpenOrders(
  store: PaperStore,
  account: AccountRow,
  quotes: Quotes,
  nowMs: number,
): Promise<void> {
  for (const order of await store.waiting()) {
    const placed = { clientOrderId: order.client_order_id, symbol: order.symbol };
    const quote = await quotes.firstAfter(placed, order.accepted_at.getTime(), nowMs);
    if (!quote) continue;
    const [price, at] = [new Decimal(quote.price), new Date(quote.atMs)];
    const message = `the first price was ${price.toFixed()}, worse than the limit of ${order.limit_price}`;
    if (isWorse(order, price)) await store.end(order, { state: 'EXPIRED', code: null, message }, at);
    else await fill(store, account, quotes, order, price, at);
  }
}

/** Of an order at a limit, which the first price fills or ends. */
const isWorse = ({ limit_price: limit, side }: OrderRow, price: Decimal): boolean =>
  limit !== null && (side === 'BUY' ? price.gt(limit) : price.lt(limit));

async function fill(
  store: PaperStore,
  account: AccountRow,
  quotes: Quotes,
  order: OrderRow,
  price: Decimal,
  at: Date,
): Promise<void> {
  const { symbol } = order;
  const held = new Decimal(await store.held(symbol));
  const change = signedQty(order);
  const after = held.plus(change);
  if (order.reduce_only && !isReduced(held, change)) {
    return store.end(order, { state: 'CANCELED', code: 'REDUCE_ONLY', message: 'would open a position' }, at);
  }
  if (!isReduced(held, change)) {
    // The price has moved since the order was accepted; what it costs now is what has to be there.
    const { equity, gross } = await equityOf(account, await store.positions(), quotes, at.getTime(), { symbol, price });
    const free = equity.minus(gross);
    const needed = costOf(account, { before: held, after, qty: new Decimal(order.qty), price });
    if (needed.gt(free)) {
      const message = shortOf(needed, free);
      return store.end(order, { state: 'REJECTED', code: 'INSUFFICIENT_FUNDS', message }, at);
    }
  }
  const fee = price.times(order.qty).times(account.fee_bps).div(10_000);
  account.cash = new Decimal(account.cash).minus(change.times(price)).minus(fee).toFixed();
  await store.fill({
    order,
    change: change.toFixed(),
    positionAfter: after.toFixed(),
    price: price.toFixed(),
    fee: fee.toFixed(),
    cashAfter: account.cash,
    at,
  });
}
