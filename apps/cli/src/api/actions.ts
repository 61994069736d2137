import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';

/** What a change of corporate actions did, as the service answers. */
export interface ChangedActions {
  source: string;
  symbol: string;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  series: {
    timeframe: string;
    bars: number;
    without_effect: { code: string; ex_date: string; kind: string }[];
    quality: { warnings: { code: string; message: string }[] } | null;
  }[];
}

/** Whose actions they are. */
export const ACTIONS_KEY_FLAGS: readonly FlagSpec[] = [
  { name: 'symbol', kind: 'text', required: true, help: 'symbol of the stored bars' },
  { name: 'source', kind: 'text', required: true, help: 'source of the stored bars' },
];

export function showChange(args: Args, io: Io, done: ChangedActions): void {
  if (args.on('json')) return io.out(toJson(done));
  const { symbol, source, added, changed, removed, unchanged, series } = done;
  io.out(`${symbol} from ${source}: ${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged\n`);
  if (series.length === 0) return io.out('no bars of it are stored yet\n');
  const rows = series.map(({ timeframe, bars, without_effect: idle }) => [
    ...[timeframe, bars],
    idle.map(({ ex_date, kind, code }) => `${kind} of ${ex_date} (${code})`).join(', '),
  ]);
  io.out(table(['timeframe', 'bars adjusted anew', 'without effect'], rows));
}
