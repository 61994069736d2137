import { formatExact, formatMoney } from '../../../format/number';
import { scheduleWords } from '../words/schedule';

interface Deployed {
  ticker: string;
  broker: string;
  paper: boolean;
  market: string;
  strategy_revision: number;
  qty?: string;
  sizing?: { capital: string };
  schedule: unknown;
  risk_limits: { max_position_usd?: string | number; max_daily_trades?: number; stop_loss_pct?: number | null };
}

/** The deployment in a few lines, as it is confirmed. */
export function summaryRows(deployed: Deployed): [string, string][] {
  const { risk_limits: limits } = deployed;
  return [
    ['Symbol', `${deployed.ticker} at ${deployed.broker}, market ${deployed.market}`],
    ['Mode', deployed.paper ? 'On paper: no money' : 'LIVE: real orders, real money'],
    ['Strategy', `version ${deployed.strategy_revision}`],
    [
      'Size',
      deployed.sizing
        ? `capital ${formatMoney(deployed.sizing.capital)}`
        : `${formatExact(deployed.qty ?? '')} units a signal`,
    ],
    ['Evaluates', scheduleWords(deployed.schedule)],
    [
      'Largest position',
      limits.max_position_usd === undefined ? 'no limit' : `${formatMoney(String(limits.max_position_usd))} USD`,
    ],
    ['Entries a day', limits.max_daily_trades === undefined ? 'no limit' : `${limits.max_daily_trades} at most`],
    [
      'Stop loss',
      limits.stop_loss_pct === undefined || limits.stop_loss_pct === null
        ? 'none but the strategy’s own'
        : `${limits.stop_loss_pct} % of the average entry`,
    ],
  ];
}
