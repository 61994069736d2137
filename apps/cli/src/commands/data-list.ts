import { isDated, type Timeframe } from '@assay/contracts';
import { hasEveryWord } from '@assay/primitives';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import { meantBy, SERIES_FLAGS, subscriptionsOf, type SeriesKey, type Subscription } from '../api/subscriptions';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

/** A stored series, as far as the tool shows it, and the feed that keeps it fresh; one of both may be missing. */
interface Listed extends SeriesKey {
  market: string;
  bars: number;
  first: string | null;
  last: string | null;
  feed: Subscription | null;
}

const HEADER = ['symbol', 'timeframe', 'source', 'market', 'bars', 'first bar', 'last bar', 'feed', 'next due'];
/** Up to how many of a unit a stretch is told in it, and its seconds. */
const UNITS = [
  { name: 's', seconds: 1, most: 120 },
  { name: 'min', seconds: 60, most: 120 },
  { name: 'h', seconds: 3600, most: 48 },
  { name: 'days', seconds: 86_400, most: Infinity },
];

function stretch(seconds: number): string {
  const unit = UNITS.find(({ seconds: each, most }) => seconds < each * most)!;
  return `${Math.floor(seconds / unit.seconds)} ${unit.name}`;
}

function stateOf(feed: Subscription | null): string {
  if (feed === null) return '-';
  if (!feed.enabled) return 'off';
  return feed.freshness.fresh ? 'fresh' : `late by ${stretch(feed.freshness.late_by_s)}`;
}

/** A date for daily and longer bars. */
function timeText(iso: string | null, timeframe: string): string | null {
  if (iso === null) return null;
  return isDated(timeframe as Timeframe) ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}

const keyOf = ({ symbol, timeframe, source }: SeriesKey): string => JSON.stringify([symbol, timeframe, source]);

/** As the service finds stored series. */
const hasWords =
  (words = '') =>
  ({ symbol, timeframe, source, market }: Subscription): boolean =>
    hasEveryWord(`${symbol} ${timeframe} ${source} ${market}`, words);

/** What is stored and what is subscribed, each series once. */
async function seriesOf(api: ResearchApi, args: Args): Promise<Listed[]> {
  const words = args.optional('find');
  const found = words === undefined ? '' : `?${new URLSearchParams({ q: words })}`;
  const stored = (await api.all<Omit<Listed, 'feed'>>(`/data/symbols${found}`)).filter(meantBy(args));
  const feeds = new Map((await subscriptionsOf(api, args)).map((one) => [keyOf(one), one]));
  const listed = stored.map((one) => ({ ...one, feed: feeds.get(keyOf(one)) ?? null }));
  for (const one of stored) feeds.delete(keyOf(one));
  const awaited = [...feeds.values()].filter(hasWords(words)).map((feed) => {
    const { symbol, timeframe, source, market } = feed;
    return { symbol, source, timeframe, market, bars: 0, first: null, last: null, feed };
  });
  return [...listed, ...awaited].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function run(args: Args, io: Io): Promise<void> {
  const items = await seriesOf(new ResearchApi(args.text('url')), args);
  if (args.on('json')) return io.out(toJson({ items }));
  if (items.length === 0) {
    io.err('no such series is stored; assay data import --help shows how bars come in\n');
    return;
  }
  const refused = items.some(({ feed }) => feed?.last_error);
  const rows = items.map(({ symbol, timeframe, source, market, bars, first, last, feed }) => [
    ...[symbol, timeframe, source, market, bars, timeText(first, timeframe), timeText(last, timeframe)],
    ...[stateOf(feed), feed?.next_due_at.replace(/\.\d+Z$/, 'Z')],
    ...(refused ? [feed?.last_error ?? ''] : []),
  ]);
  io.out(table([...HEADER, ...(refused ? ['what its feed refused'] : [])], rows));
}

export const dataListCommand: Command = {
  name: 'data list',
  summary: 'list the series that are stored, and how fresh those with a feed are',
  flags: [
    URL_FLAG,
    ...SERIES_FLAGS,
    {
      name: 'find',
      kind: 'text',
      value: 'WORDS',
      help: 'only series with every one of these words, in any order, in symbol, timeframe, source or market',
    },
  ],
  examples: [
    'assay data list',
    'assay data list --symbol BTC/USDT --timeframe 1d --json',
    'assay data list --find usdt',
  ],
  run,
};
