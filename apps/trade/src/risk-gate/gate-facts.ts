import type { AccountFacts, Broker, FxRate, OpenOrder } from '@assay/domain';
import { Decimal, toWire } from '@assay/domain';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { AccountDayEntity } from '../accounts/account-day.entity';
import { AccountEntity } from '../accounts/account.entity';
import { accountLimits } from '../accounts/account-limits';
import type { PaperMarket } from '../adapters/paper/paper-market';
import type { DeploymentEntity } from '../deployments/deployment.entity';

/** Currencies that count as US dollars. */
const DOLLARS = new Set(['USD', 'USDT', 'USDC']);
/** A rate older than this is stale. */
export const MAX_FX_AGE_MS = 7 * 86_400_000;

/** Dollars per unit of a currency as known at the instant. */
export async function fxRate(em: EntityManager, currency: string, nowMs: number): Promise<'usd' | FxRate | null> {
  if (DOLLARS.has(currency)) return 'usd';
  const [row] = (await em.query(
    `SELECT usd_per_unit, as_of::text AS as_of FROM refdata.fx_rate WHERE currency = $1 AND as_of <= $2::date
     ORDER BY as_of DESC LIMIT 1`,
    [currency, new Date(nowMs).toISOString()],
  )) as { usd_per_unit: string; as_of: string }[];
  return row ? { rate: row.usd_per_unit, asOfMs: Date.parse(`${row.as_of}T00:00:00Z`) } : null;
}

/** One of our own orders, with whether its fate is known. */
export type OwnOrder = OpenOrder & { unknown: boolean };

/** Our own orders that may still fill; `except` is the intent that is being judged, with the leg that waits for it. */
export async function openOrders(em: EntityManager, deploymentId: string, except?: string): Promise<OwnOrder[]> {
  const rows = (await em.query(
    `SELECT i.client_order_id, i.side, (i.qty - coalesce(o.filled_qty, 0))::text AS remaining,
       i.depends_on IS NOT NULL AS after_close, i.state = 'unknown' AS unknown
     FROM trade.order_intent i LEFT JOIN trade.orders o USING (intent_id)
     WHERE i.deployment_id = $1 AND i.state IN ('waiting', 'sending', 'working', 'unknown') AND i.intent_id IS DISTINCT FROM $2::uuid
       AND ($2::uuid IS NULL OR i.depends_on IS DISTINCT FROM $2::uuid)
     ORDER BY i.created_at, i.intent_id`,
    [deploymentId, except ?? null],
  )) as { client_order_id: string; side: 'BUY' | 'SELL'; remaining: string; after_close: boolean; unknown: boolean }[];
  return rows.map((row) => ({
    clientOrderId: row.client_order_id,
    side: row.side,
    remainingQty: toWire(new Decimal(row.remaining)),
    afterClose: row.after_close,
    unknown: row.unknown,
  }));
}

/**
 * What an exit has to reckon with: an order of unknown fate that would add to the position cannot be taken back, and must not keep us
 * from closing what we do hold.
 */
export function exitable(orders: readonly OwnOrder[], position: string): OwnOrder[] {
  const held = new Decimal(position);
  const adds = held.isPositive() ? 'BUY' : 'SELL';
  return held.isZero() ? [...orders] : orders.filter((order) => !(order.unknown && order.side === adds));
}

/**
 * Whether an order of unknown fate blocks the account and symbol. To who holds the symbol's lock (`intentId` is judged for sending) one that
 * is recorded but not settled is as unknown: whoever recorded it is gone.
 */
export async function isFrozen(
  em: EntityManager,
  account: { accountId: string; symbol: string },
  intentId?: string,
): Promise<boolean> {
  const states = intentId === undefined ? ['UNKNOWN'] : ['UNKNOWN', 'PENDING_NEW'];
  const [row] = (await em.query(
    `SELECT EXISTS (SELECT 1 FROM trade.orders WHERE account_id = $1 AND symbol = $2 AND state = ANY($3)
       AND intent_id IS DISTINCT FROM $4::uuid) AS frozen`,
    [account.accountId, account.symbol, states, intentId ?? null],
  )) as [{ frozen: boolean }];
  return row.frozen;
}

/** Entries that reached the broker in the market's local trading day. */
export async function entriesToday(
  em: EntityManager,
  deploymentId: string,
  zone: string,
  nowMs: number,
  except?: string,
): Promise<number> {
  const from = DateTime.fromMillis(nowMs, { zone }).startOf('day').toJSDate();
  const [row] = (await em.query(
    `SELECT count(*)::int AS n FROM trade.orders o
     JOIN trade.order_intent i USING (intent_id)
     WHERE o.deployment_id = $1 AND NOT i.reduce_only AND o.sent_at >= $2 AND o.sent_at <= $3 AND o.state <> 'REJECTED'
       AND intent_id IS DISTINCT FROM $4::uuid`,
    [deploymentId, from, new Date(nowMs), except ?? null],
  )) as [{ n: number }];
  return row.n;
}

/**
 * The money of the account over all its deployments, with what other open intents have reserved; null where the account has no limits.
 * The caller holds the account's row lock when the answer is to be acted on. `except` is an intent that may be counted already.
 */
export async function accountFacts(
  em: EntityManager,
  account: AccountEntity,
  broker: Broker,
  zone: string,
  nowMs: number,
  marketOf: (deployment: DeploymentEntity) => PaperMarket,
  except?: string,
): Promise<AccountFacts | null> {
  const limits = accountLimits(account.limits);
  if (Object.keys(limits).length === 0) return null;
  const { equity } = await broker.getAccountInfo();
  const { accountId } = account;
  const tradingDay = DateTime.fromMillis(nowMs, { zone }).toISODate()!;
  await em.query(
    'INSERT INTO trade.account_day (account_id, trading_day, start_equity) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [accountId, tradingDay, equity],
  );
  await em.query(
    'UPDATE trade.account SET peak_equity = greatest(coalesce(peak_equity, 0), $2::numeric) WHERE account_id = $1',
    [accountId, equity],
  );
  const day = await em.findOneByOrFail(AccountDayEntity, { accountId, tradingDay });
  const peak = Decimal.max(account.peakEquity ?? 0, equity);
  const { gross, net } = await exposure(em, accountId, nowMs, marketOf, except);
  const [recent] = (await em.query(
    `SELECT count(*)::int AS n FROM trade.orders WHERE account_id = $1 AND sent_at > $2 AND sent_at <= $3
       AND intent_id IS DISTINCT FROM $4::uuid`,
    [accountId, new Date(nowMs - 60_000), new Date(nowMs), except ?? null],
  )) as [{ n: number }];
  return {
    equity,
    dayStartEquity: day.startEquity,
    peakEquity: toWire(peak),
    grossExposure: toWire(gross),
    netExposure: toWire(net),
    ordersLastMinute: recent.n,
    limits,
  };
}

async function exposure(
  em: EntityManager,
  accountId: string,
  nowMs: number,
  marketOf: (deployment: DeploymentEntity) => PaperMarket,
  except?: string,
): Promise<{ gross: Decimal; net: Decimal }> {
  const held = (await em.query(
    'SELECT deployment_id, qty, average_price FROM trade.position WHERE account_id = $1 AND qty <> 0',
    [accountId],
  )) as { deployment_id: string; qty: string; average_price: string }[];
  let gross = new Decimal(0);
  let net = new Decimal(0);
  const add = (value: Decimal): void => {
    gross = gross.plus(value.abs());
    net = net.plus(value);
  };
  for (const position of held) {
    const deployment = await em.findOneByOrFail<DeploymentEntity>('DeploymentEntity', {
      deploymentId: position.deployment_id,
    });
    const quote = await marketOf(deployment).last(deployment.ticker, nowMs);
    add(new Decimal(position.qty).times(quote?.price ?? position.average_price));
  }
  const reserved = (await em.query(
    `SELECT signed_notional FROM trade.account_reservation WHERE account_id = $1 AND released_at IS NULL
       AND intent_id IS DISTINCT FROM $2::uuid`,
    [accountId, except ?? null],
  )) as { signed_notional: string }[];
  for (const row of reserved) add(new Decimal(row.signed_notional));
  return { gross, net };
}
