import { amountProblem, limitProblems } from '../words/limit-problems';

export const BROKERS = ['PAPER', 'FUTU', 'BYBIT', 'BINANCE', 'OKX', 'HYPERLIQUID', 'ALPACA'] as const;
export type Broker = (typeof BROKERS)[number];
export const MARKETS = ['US', 'HK', 'GB', 'DE', 'EU', 'JP', 'CME', 'FX', 'CRYPTO'] as const;
export type MarketCode = (typeof MARKETS)[number];

export interface DeployDraft {
  paper: boolean;
  broker: Broker;
  ticker: string;
  market: MarketCode;
  source: string | null;
  amount: 'capital' | 'units';
  capital: string;
  units: string;
  schedule: 'daily_close' | 'hourly' | 'manual' | 'cron';
  cron: string;
  tz: string;
  maxPosition: string;
  maxTrades: string;
  stopLoss: string;
  replay: boolean;
  replayStart: string;
  replayEnd: string;
}

export interface StrategyFacts {
  symbol: string;
  timeframe: string;
  /** Percent of the entry price, where the strategy states its stop so. */
  stopLossPct: number | null;
}
export interface SeriesFacts {
  source: string;
  symbol: string;
  timeframe: string;
  market: string;
  first: string | null;
  last: string | null;
}
interface Mapping {
  data_ticker: string;
  broker: string;
  broker_ticker: string;
  market: string;
}

const DAY_MS = 86_400_000;
/** Days of a replay that is offered: about 250 sessions. */
const REPLAY_DAYS = 365;

const isMarket = (market: string | undefined): market is MarketCode => MARKETS.some((one) => one === market);
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const seriesOf = (strategy: StrategyFacts, series: readonly SeriesFacts[]): SeriesFacts[] =>
  series.filter(({ symbol, timeframe }) => symbol === strategy.symbol && timeframe === strategy.timeframe);

/** What a schedule can be for bars of this length: an hourly one needs bars that short. */
export function schedulesFor(timeframe: string): { value: DeployDraft['schedule']; label: string }[] {
  const intraday = /^\d+[mh]$/.test(timeframe) && timeframe !== '2h' && timeframe !== '4h';
  return [
    { value: 'daily_close', label: 'At each daily close' },
    ...(intraday ? [{ value: 'hourly' as const, label: 'Every hour' }] : []),
    { value: 'manual', label: 'Only when I ask for it' },
    { value: 'cron', label: 'By a cron pattern' },
  ];
}

/** The form as it is first shown: on paper, with the limits of the service and the stop of the strategy. */
export function firstDraft(strategy: StrategyFacts, series: readonly SeriesFacts[]): DeployDraft {
  const own = seriesOf(strategy, series);
  const newest = own[0];
  const end = newest?.last ? Date.parse(newest.last) : null;
  // a bar before the first replayed one is needed to begin from
  const start = end === null ? null : Math.max(end - REPLAY_DAYS * DAY_MS, Date.parse(newest?.first ?? '') + DAY_MS);
  return {
    paper: true,
    broker: 'PAPER',
    ticker: strategy.symbol,
    market: isMarket(newest?.market) ? newest.market : 'US',
    source: own.length === 1 ? newest!.source : null,
    amount: 'capital',
    capital: '10000',
    units: '1',
    schedule: 'daily_close',
    cron: '',
    tz: '',
    maxPosition: '10000',
    maxTrades: '10',
    stopLoss: strategy.stopLossPct === null ? '' : String(strategy.stopLossPct),
    replay: false,
    replayStart: start === null || Number.isNaN(start) ? '' : day(start),
    replayEnd: end === null ? '' : day(end),
  };
}

/** Symbols of the broker for the strategy's own: mapped ones first, then its own name. */
export function tickerSuggestions(symbol: string, broker: string, mappings: readonly Mapping[]): string[] {
  const mapped = mappings.filter((one) => one.data_ticker === symbol && one.broker === broker);
  return [...new Set([...mapped.map(({ broker_ticker }) => broker_ticker), symbol])];
}

/** The draft after another broker was chosen: its mapped symbol and market, where there is one. */
export function withBroker(
  draft: DeployDraft,
  broker: Broker,
  symbol: string,
  mappings: readonly Mapping[],
): DeployDraft {
  const mapped = mappings.find((one) => one.data_ticker === symbol && one.broker === broker);
  return {
    ...draft,
    broker,
    ticker: mapped?.broker_ticker ?? symbol,
    market: isMarket(mapped?.market) ? mapped.market : draft.market,
  };
}

/** The series that a draft is fed; undefined where several have the symbol and none is chosen. */
function fedBy(draft: DeployDraft, own: readonly SeriesFacts[]): SeriesFacts | undefined {
  const chosen = draft.source === null ? own : own.filter(({ source }) => source === draft.source);
  return chosen.length === 1 ? chosen[0] : undefined;
}

/** What is wrong with the days of a replay that the stored bars tell at once; the service looks at the bars between. */
function replayProblems(draft: DeployDraft, fed: SeriesFacts | undefined): ReturnType<typeof draftProblems> {
  const { replayStart, replayEnd } = draft;
  if (replayStart === '') return { replayStart: 'State the first day.' };
  if (replayEnd === '') return { replayEnd: 'State the last day.' };
  if (replayStart > replayEnd) return { replayEnd: 'Must not be before the first day.' };
  if (!fed?.first || !fed.last) return {};
  const [first, last] = [day(Date.parse(fed.first)), day(Date.parse(fed.last))];
  if (replayStart > last) return { replayStart: `The stored bars end on ${last}.` };
  if (replayEnd < first) return { replayEnd: `The stored bars begin on ${first}.` };
  if (replayStart <= first)
    return { replayStart: `Must be after ${first}, the first stored bar: one is needed to begin from.` };
  return {};
}

/** What is wrong, by field; nothing where the service can be asked. @param own the series of the strategy's symbol and timeframe */
export function draftProblems(
  draft: DeployDraft,
  own: readonly SeriesFacts[] = [],
): Partial<Record<keyof DeployDraft, string>> {
  const problems: Partial<Record<keyof DeployDraft, string>> = {};
  if (draft.ticker.trim() === '') problems.ticker = 'State the symbol at the broker.';
  const amount = amountProblem(draft[draft.amount]);
  if (amount) problems[draft.amount] = amount;
  Object.assign(problems, limitProblems(draft));
  if (draft.schedule === 'cron') {
    if (!/^\S+(?: +\S+){4,5}$/.test(draft.cron)) problems.cron = 'Five or six fields, as 5 16 * * 1-5.';
    if (draft.tz === '') problems.tz = 'State the time zone that the pattern means.';
  }
  if (draft.replay) Object.assign(problems, replayProblems(draft, fedBy(draft, own)));
  return problems;
}

/** That orders of the stated capital would run into the limit of the position. */
export function capitalWarning(draft: DeployDraft): string | undefined {
  if (draft.amount !== 'capital' || draft.maxPosition === '') return undefined;
  const { capital, maxPosition } = draftProblems(draft);
  if (capital !== undefined || maxPosition !== undefined) return undefined;
  if (Number(draft.capital) <= Number(draft.maxPosition)) return undefined;
  return `A full position of ${draft.capital} is above the largest position of ${draft.maxPosition} USD: orders beyond the limit will be refused.`;
}

/** The deployment document. One that is to be looked at first is switched off until it is started. */
export function deploymentBody(draft: DeployDraft, strategyId: string, deploymentId: string) {
  const limits = {
    ...(draft.maxPosition === '' ? {} : { max_position_usd: draft.maxPosition }),
    ...(draft.maxTrades === '' ? {} : { max_daily_trades: Number(draft.maxTrades) }),
    ...(draft.stopLoss === '' ? {} : { stop_loss_pct: Number(draft.stopLoss) }),
  };
  const replay = draft.paper && draft.replay;
  return {
    deployment_id: deploymentId,
    strategy_id: strategyId,
    broker: draft.broker,
    ticker: draft.ticker.trim(),
    market: draft.market,
    paper: draft.paper,
    schedule: draft.schedule === 'cron' ? { cron: draft.cron.trim(), tz: draft.tz } : draft.schedule,
    risk_limits: limits,
    ...(draft.amount === 'capital' ? { sizing: { capital: draft.capital } } : { qty: draft.units }),
    ...(draft.source && !replay ? { source: draft.source } : {}),
    ...(draft.paper && !replay ? { enabled: false } : {}),
    ...(replay
      ? {
          replay: {
            start: draft.replayStart,
            end: draft.replayEnd,
            ...(draft.source ? { source: draft.source } : {}),
          },
        }
      : {}),
  };
}
