import { TIMEFRAMES } from '@assay/contracts';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf } from '../api/upload-file';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface Joined {
  source: string;
  bars: number;
  news: { column: string; source: string | null; symbol: string; first: string | null; missing: number }[];
  joined: { column: string; source: string; symbol: string | null; first: string | null; missing: number }[];
}

/** `gdp`, or `growth=gdp` for a column of another name. */
function seriesOf(text: string, args: Args): Record<string, string> {
  const [name, as] = text.split('=').reverse();
  return {
    name,
    ...(as === undefined ? {} : { as }),
    ...(args.has('max-age') ? { max_age: args.text('max-age') } : {}),
    ...(args.has('series-source') ? { source: args.text('series-source') } : {}),
  };
}

/** `sentiment`, or `tone=sentiment` for a column of another name. */
function newsOf(text: string, args: Args): Record<string, string> {
  const [measure, as] = text.split('=').reverse();
  return {
    measure,
    ...(as === undefined ? {} : { as }),
    ...(args.has('news-source') ? { source: args.text('news-source') } : {}),
    ...fieldsOf(args, ['window', 'half-life']),
  };
}

async function run(args: Args, io: Io): Promise<void> {
  const series = args.all('series').map((text) => seriesOf(text, args));
  const news = args.all('news').map((text) => newsOf(text, args));
  if (series.length + news.length === 0) throw new UsageError('--series or --news is required');
  const body = {
    ...fieldsOf(args, ['symbol', 'timeframe', 'source', 'into']),
    ...(series.length > 0 ? { series } : {}),
    ...(news.length > 0 ? { news } : {}),
  };
  const answer = await new ResearchApi(args.text('url')).call<Joined>('POST', '/data/join', body);
  if (args.on('json')) return io.out(toJson(answer));
  io.out(`${answer.bars} bars are stored from source ${answer.source}\n`);
  const rows = [...answer.joined, ...answer.news].map((one) => [
    one.column,
    one.source ?? 'all',
    one.symbol,
    one.first,
    one.missing,
  ]);
  io.out(table(['column', 'source', 'symbol', 'first bar', 'bars without'], rows));
}

const WITH_NEWS: FlagScope = { text: 'only with --news', holds: (args) => args.has('news') };

export const dataJoinCommand: Command = {
  name: 'data join',
  summary: 'put external series and the tone of news beside stored bars, as they were known at the close of the bar',
  flags: [
    URL_FLAG,
    { name: 'symbol', kind: 'text', required: true, help: 'of the stored bars' },
    { name: 'timeframe', kind: 'choice', choices: TIMEFRAMES, required: true, help: 'of the stored bars' },
    { name: 'source', kind: 'text', help: 'of the stored bars, where several have them' },
    {
      name: 'series',
      kind: 'text',
      value: 'NAME',
      repeatable: true,
      help: 'external series to put beside them; COLUMN=NAME calls the column otherwise',
    },
    { name: 'series-source', kind: 'text', help: 'of the external series, where several have them' },
    {
      name: 'max-age',
      kind: 'text',
      value: 'STRETCH',
      help: 'values that became available longer ago than this, such as 120d, are missing',
    },
    {
      name: 'news',
      kind: 'text',
      value: 'MEASURE',
      repeatable: true,
      help: 'sentiment, momentum, divergence or count of stored news of the symbol; COLUMN=MEASURE calls the column otherwise than news_MEASURE',
    },
    { name: 'news-source', kind: 'text', help: 'of the news; by default all', scope: WITH_NEWS },
    {
      name: 'window',
      kind: 'text',
      value: 'STRETCH',
      help: 'for so long an article counts, from when it became known; by default 3d',
      scope: WITH_NEWS,
    },
    {
      name: 'half-life',
      kind: 'text',
      value: 'STRETCH',
      help: 'age at which an article counts half, such as 1d; by default all of the window count alike',
      scope: WITH_NEWS,
    },
    { name: 'into', kind: 'text', help: 'source of the new series of bars; by default joined. and that of the bars' },
  ],
  examples: [
    'assay data join --symbol SP500 --timeframe 1d --series gdp --series jobs=nonfarm_payrolls --max-age 120d',
    'assay data join --symbol AAPL --timeframe 1d --news sentiment --news momentum --window 5d --half-life 1d',
  ],
  run,
};
