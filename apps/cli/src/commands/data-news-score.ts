import { MARKETS } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { calendarFor, sessionCloseMs } from '@assay/market-data/calendars';
import { barsToCsv } from '@assay/market-data/files';
import { readNews, type NewsItem } from '@assay/market-data/news';
import { stretchOf } from '@assay/market-data/observations';
import { NEWS_MEASURES, newsColumn, newsStates, scoreText, textOf } from '@assay/market-data/sentiment';
import { timeText } from '@assay/primitives';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile, requireColumns } from '../input/bars-file';
import { fileFlag } from '../input/file-flag';
import { WITH_BARS } from '../input/flag-scopes';
import { readFlagFile } from '../input/read-file';
import { READING_FLAGS } from '../input/reading-flags';
import { barObjects } from '../output/bar-objects';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

const WITHOUT_BARS: FlagScope = { text: 'not with --bars', holds: (args) => !args.has('bars') };
const MOST_SHOWN = 1000;

async function run(args: Args, io: Io): Promise<void> {
  const path = args.text('file');
  const bytes = readFlagFile('FILE', path);
  const { items, recognised, repairs } = blaming(path, () =>
    readNews(bytes, { name: path, zone: args.optional('zone') }),
  );
  for (const { message } of recognised) io.err(`${path}: ${message}\n`);
  for (const { message } of repairs) io.err(`${path}: warning: ${message}\n`);
  const of = args.optional('of');
  const news = of === undefined ? items : items.filter(({ symbols }) => symbols.includes(of));
  if (news.length === 0) throw new UsageError(`${path} has no news${of === undefined ? '' : ` of ${of}`}`);
  if (args.has('bars')) return putBeside(args, io, news);
  const scored = [...news]
    .sort((a, b) => a.availableMs - b.availableMs)
    .map((one) => ({
      ...{ available_at: timeText(one.availableMs), symbols: one.symbols, headline: one.headline },
      ...scoreText(textOf(one)),
    }));
  if (args.on('json')) return io.out(toJson({ news: scored }));
  const shown = scored.slice(0, args.optionalNumber('limit') ?? MOST_SHOWN);
  const rows = shown.map(({ available_at: at, score, terms, headline }) => [
    ...[at, score, terms.map(({ term, negated }) => (negated ? `not ${term}` : term)).join(', '), headline],
  ]);
  io.out(table(['known since', 'score', 'terms', 'headline'], rows));
  if (shown.length < scored.length) io.err(`${scored.length - shown.length} more: state --limit\n`);
}

/** The bars with a column a measure. */
async function putBeside(args: Args, io: Io, news: readonly NewsItem[]): Promise<void> {
  args.require('market', 'by --bars: its sessions say when each bar closes');
  const file = await readBarsFile(args, io);
  requireColumns(file, [
    { column: 'date', flag: 'FILE' },
    { column: 'close', flag: 'FILE' },
  ]);
  const { bars } = file;
  const halfLife = args.optional('half-life');
  const window = blaming(
    '--window',
    () => ({
      windowMs: stretchOf('--window', args.text('window')),
      halfLifeMs: halfLife === undefined ? Infinity : stretchOf('--half-life', halfLife),
    }),
    { '--window': '--window', '--half-life': '--half-life' },
  );
  const closesMs = bars.openTimeMs.map(sessionCloseMs(calendarFor(args.text('market')), bars.timeframe));
  const states = newsStates(news.map((one) => ({ ...one, source: '' })));
  const columns = NEWS_MEASURES.map((measure) => {
    const name = `news_${measure}`;
    if (Object.hasOwn(bars.extra, name)) throw new UsageError(`--bars ${file.path} has a column ${name} already`);
    return [name, newsColumn(measure, states, { closesMs, close: bars.close }, window)] as const;
  });
  const made: BarColumns = { ...bars, extra: { ...bars.extra, ...Object.fromEntries(columns) } };
  io.out(args.on('json') ? toJson({ bars: barObjects(made) }) : barsToCsv(made));
}

export const dataNewsScoreCommand: Command = {
  name: 'data news score',
  summary: 'show the tone of news and the terms it rests on, or put it beside the bars of a file as columns, as CSV',
  flags: [
    fileFlag('CSV with a header, JSON, RSS or Atom, plain or in gz or zip; docs/data.md says how columns are called'),
    { name: 'of', kind: 'text', value: 'SYMBOL', help: 'only news of this symbol' },
    {
      name: 'limit',
      kind: 'integer',
      min: 1,
      help: `most pieces to show, those first known first; by default ${MOST_SHOWN}`,
      scope: WITHOUT_BARS,
    },
    {
      ...BARS_FLAG,
      required: false,
      help: 'bars that get the columns news_sentiment, news_momentum, news_divergence and news_count, as known at each close',
    },
    {
      name: 'window',
      kind: 'text',
      value: 'STRETCH',
      default: '3d',
      help: 'for so long an article counts, from when it became known',
      scope: WITH_BARS,
    },
    {
      name: 'half-life',
      kind: 'text',
      value: 'STRETCH',
      help: 'age at which an article counts half, such as 1d; by default all of the window count alike',
      scope: WITH_BARS,
    },
    {
      name: 'market',
      kind: 'choice',
      choices: MARKETS,
      help: 'whose sessions close the bars; docs/data.md lists the markets',
      scope: WITH_BARS,
    },
    { ...ADJUST_FLAG, scope: WITH_BARS },
    ...READING_FLAGS.filter(({ name }) => name !== 'market').map((flag) =>
      flag.name === 'zone' ? flag : { ...flag, scope: WITH_BARS },
    ),
  ],
  examples: [
    'assay data news score wire.xml',
    'assay data news score news.csv --bars prices.csv --market US --window 5d --half-life 1d > with-news.csv',
  ],
  run,
};
