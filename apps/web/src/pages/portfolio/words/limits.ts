import { formatNumber, formatPercent } from '../../../format/number';

interface Deployment {
  deployment_id: string;
  account_id: string;
  ticker: string;
  currency: string;
  replay?: unknown;
  market_value: string | null;
  mark: { price: string } | null;
  position: { qty: string; average_price: string | null };
  risk_limits: { max_position_usd?: string | number; stop_loss_pct?: number | null };
}
interface Account {
  account_id: string;
  name: string;
  purpose: string;
  cash: string | null;
  start_equity: string | null;
  peak_equity: string | null;
  limits: {
    max_gross_exposure?: number;
    max_net_exposure?: number;
    max_drawdown_pct?: number;
    max_daily_loss_pct?: number;
  };
}

/** A limit and how much of it is used. */
export interface LimitUse {
  key: string;
  /** What it holds for. */
  subject: string;
  deployment?: string;
  limit: string;
  used: string;
  allowed: string;
  /** Share of the limit that is used; null where it cannot be told. */
  fraction: number | null;
}

/** From here on a limit is near. */
export const NEAR = 0.8;

const share = (used: number | null, limit: number): number | null =>
  used === null || !Number.isFinite(used) ? null : limit > 0 ? Math.max(0, used) / limit : used > 0 ? 1 : 0;
const money = (value: number | null, currency: string): string =>
  value === null ? 'not known' : `${formatNumber(value)} ${currency}`;

/** How far the price stands against a position, in percent of its average entry; null where nothing is held or no price is known. */
function lossPct({ position, mark }: Deployment): number | null {
  const qty = Number(position.qty);
  if (qty === 0 || position.average_price === null || mark === null) return null;
  const average = Number(position.average_price);
  return ((average - Number(mark.price)) / average) * 100 * Math.sign(qty);
}

function ofDeployment(deployment: Deployment): LimitUse[] {
  const { deployment_id: id, ticker: subject, currency, risk_limits: limits, market_value: value } = deployment;
  const uses: LimitUse[] = [];
  if (limits.max_position_usd !== undefined) {
    const limit = Number(limits.max_position_usd);
    // in another currency the worth in US dollars is not known here
    const used = value === null || currency !== 'USD' ? null : Math.abs(Number(value));
    uses.push({
      ...{ key: `${id} position`, subject, deployment: id, limit: 'Largest position' },
      ...{ used: money(used, 'USD'), allowed: money(limit, 'USD'), fraction: share(used, limit) },
    });
  }
  if (typeof limits.stop_loss_pct === 'number') {
    const loss = lossPct(deployment);
    uses.push({
      ...{ key: `${id} stop`, subject, deployment: id, limit: 'Stop loss' },
      used: loss === null ? 'nothing held' : loss > 0 ? `${formatNumber(loss, 3)} % lost` : 'no loss',
      allowed: `${limits.stop_loss_pct} %`,
      fraction: loss === null ? 0 : share(loss, limits.stop_loss_pct),
    });
  }
  return uses;
}

interface Worth {
  equity: number;
  net: number;
  gross: number;
}

/** Cash and what is held; null where cash or a price is not known. */
export function worthOf(account: Account, deployments: readonly Deployment[]): Worth | null {
  const own = deployments.filter(({ account_id: id }) => id === account.account_id);
  if (account.cash === null || own.some(({ market_value: value }) => value === null)) return null;
  const values = own.map(({ market_value: value }) => Number(value));
  const net = values.reduce((sum, value) => sum + value, 0);
  return { equity: Number(account.cash) + net, net, gross: values.reduce((sum, value) => sum + Math.abs(value), 0) };
}

function ofAccount(account: Account, worth: Worth | null): LimitUse[] {
  const { account_id: id, name: subject, limits } = account;
  const uses: LimitUse[] = [];
  const add = (limit: string, used: number | null, allowed: number | undefined, text: (value: number) => string) => {
    if (allowed === undefined) return;
    uses.push({
      ...{ key: `${id} ${limit}`, subject, limit },
      used: used === null ? 'not known' : text(Math.max(0, used)),
      ...{ allowed: text(allowed), fraction: share(used, allowed) },
    });
  };
  const times = (value: number): string => `${formatNumber(value, 3)} × equity`;
  const percent = (value: number): string => formatPercent(value / 100);
  const fall = (from: string | null): number | null =>
    worth === null || from === null ? null : ((Number(from) - worth.equity) / Number(from)) * 100;
  const multiple = (amount: number | undefined): number | null =>
    worth === null || worth.equity <= 0 ? null : Math.abs(amount!) / worth.equity;
  add('Gross exposure', multiple(worth?.gross), limits.max_gross_exposure, times);
  add('Net exposure', multiple(worth?.net), limits.max_net_exposure, times);
  add('Loss of the day', fall(account.start_equity), limits.max_daily_loss_pct, percent);
  add('Fall from the peak', fall(account.peak_equity), limits.max_drawdown_pct, percent);
  return uses;
}

/**
 * Every limit in force with its use, the most used first; those whose use is not known come before all, since nobody watches them here.
 *
 * @param unclear accounts of which something is held that `deployments` does not have
 */
export function limitUses(
  accounts: readonly Account[],
  deployments: readonly Deployment[],
  unclear: ReadonlySet<string> = new Set(),
): LimitUse[] {
  const trading = deployments.filter(({ replay }) => replay === undefined);
  const uses = [
    ...accounts
      .filter(({ purpose }) => purpose === 'trading')
      .flatMap((account) => ofAccount(account, unclear.has(account.account_id) ? null : worthOf(account, trading))),
    ...trading.flatMap(ofDeployment),
  ];
  return uses.sort((a, b) => (b.fraction ?? Infinity) - (a.fraction ?? Infinity));
}
