import type { AccountFacts, BrokerAccount, FxRate, OpenOrder } from '@assay/domain';
import { DAY_MS, Decimal, toWire } from '@assay/primitives';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { AccountDayEntity } from '../records/accounts/account-day.entity';
import { AccountEntity } from '../records/accounts/account.entity';
import { accountLimits } from '../records/accounts/account-limits';
import type { MarketOf, Reservation } from './reservations';
import { exposureOf } from './reservations';

/** Currencies that count as US dollars. */
const DOLLARS = new Set(['USD', 'USDT', 'USDC']);
/** A rate older than this is stale. */
export const MAX_FX_AGE_MS = 7 * DAY_MS;

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

/**
 * Entries of the market's local trading day: each counts on the day of its first fill, which for one that rests over night is not the day
 * of its sending; while it has none and may still fill it counts in whatever day is asked about.
 */
export async function entriesOfDay(
  em: EntityManager,
  deploymentId: string,
  zone: string,
  dayMs: number,
  except?: string,
): Promise<number> {
  const day = DateTime.fromMillis(dayMs, { zone }).startOf('day');
  const [row] = (await em.query(
    `SELECT count(*)::int AS n FROM (
       SELECT order_id FROM trade.fill WHERE deployment_id = $1 AND filled_at >= $2 AND filled_at < $3
       UNION SELECT order_id FROM trade.orders WHERE deployment_id = $1
         AND state IN ('PENDING_NEW', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')) counted
     JOIN trade.orders o USING (order_id) JOIN trade.order_intent i USING (intent_id)
     WHERE NOT i.reduce_only AND intent_id IS DISTINCT FROM $4::uuid
       AND NOT EXISTS (SELECT 1 FROM trade.fill f WHERE f.order_id = o.order_id AND f.filled_at < $2)`,
    [deploymentId, day.toJSDate(), day.plus({ days: 1 }).toJSDate(), except ?? null],
  )) as [{ n: number }];
  return row.n;
}

/**
 * The money of the account over all its deployments, with what other open intents have reserved; null where the account has no limits or the
 * venue did not tell its equity.
 * The caller holds the account's row lock when the answer is to be acted on. `except` is an intent that may be counted already.
 */
export async function accountFacts(
  em: EntityManager,
  account: AccountEntity,
  venue: BrokerAccount | null,
  zone: string,
  nowMs: number,
  marketOf: MarketOf,
  reservations: readonly Reservation[],
  except?: string,
): Promise<AccountFacts | null> {
  const limits = accountLimits(account.limits);
  // Without them no entry passes the cash check, and an exit needs none.
  if (Object.keys(limits).length === 0 || !venue) return null;
  const { equity } = venue;
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
  const { gross, net } = await exposureOf(em, accountId, nowMs, marketOf, reservations);
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
