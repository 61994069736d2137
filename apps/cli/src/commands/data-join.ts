import { TIMEFRAMES } from '@assay/contracts';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf } from '../api/upload-file';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface Joined {
  source: string;
  bars: number;
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

async function run(args: Args, io: Io): Promise<void> {
  const series = args.all('series').map((text) => seriesOf(text, args));
  const body = { ...fieldsOf(args, ['symbol', 'timeframe', 'source', 'into']), series };
  const answer = await new ResearchApi(args.text('url')).call<Joined>('POST', '/data/join', body);
  if (args.on('json')) return io.out(toJson(answer));
  io.out(`${answer.bars} bars are stored from source ${answer.source}\n`);
  const rows = answer.joined.map((one) => [one.column, one.source, one.symbol, one.first, one.missing]);
  io.out(table(['column', 'source', 'symbol', 'first bar', 'bars without'], rows));
}

export const dataJoinCommand: Command = {
  name: 'data join',
  summary: 'put external series beside stored bars, each value as it was known at the close of the bar',
  flags: [
    URL_FLAG,
    { name: 'symbol', kind: 'text', required: true, help: 'of the stored bars' },
    { name: 'timeframe', kind: 'choice', choices: TIMEFRAMES, required: true, help: 'of the stored bars' },
    { name: 'source', kind: 'text', help: 'of the stored bars, where several have them' },
    {
      name: 'series',
      kind: 'text',
      value: 'NAME',
      required: true,
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
    { name: 'into', kind: 'text', help: 'source of the new series of bars; by default joined. and that of the bars' },
  ],
  examples: [
    'assay data join --symbol SP500 --timeframe 1d --series gdp --series jobs=nonfarm_payrolls --max-age 120d',
  ],
  run,
};
