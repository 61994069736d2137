import type { ExplainedBar, ExplainedRule } from '@assay/contracts';
import { explainStrategy } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, barTime } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import { openStrategy } from '../input/strategy-file';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { shown, table } from '../output/table';
import type { Command } from './command';

/** A line a node, indented as it is nested. */
function lines(node: ExplainedRule, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (node.rules === undefined) return [`${indent}${node.truth}: ${node.rule} (${node.why})`];
  return [`${indent}${node.truth}: ${node.combinator} of`, ...node.rules.flatMap((rule) => lines(rule, depth + 1))];
}

function show(bar: ExplainedBar, time: string, io: Io): void {
  const { kind, size } = bar.sizing;
  io.out(`${time}, bar ${bar.index}, close ${shown(bar.close)}\n${bar.why}\n`);
  const sized = bar.signal === null || bar.signal === 0 ? '' : `, size ${shown(size)} by sizing ${kind}`;
  io.out(`decision ${bar.decision}, target ${shown(bar.signal)}, weight ${shown(bar.weight)}${sized}\n\n`);
  const values = Object.entries({
    ...bar.features,
    ...(bar.prediction === null ? {} : { prediction: bar.prediction }),
  });
  if (values.length > 0) io.out(`${table(['feature', 'value'], values)}\n`);
  for (const { action, reached, decides, ...node } of bar.groups ?? []) {
    const state = decides ? 'decides' : reached ? 'does not decide' : 'is not reached';
    io.out(`${node.path} ${action} ${state}\n${lines(node as unknown as ExplainedRule, 1).join('\n')}\n`);
  }
  const rows = bar.substrategies?.map((sub) => [
    ...[sub.path, sub.feature, sub.value, sub.signal_function, sub.threshold, sub.signal],
  ]);
  if (rows) io.out(table(['substrategy', 'feature', 'value', 'signal function', 'threshold', 'signal'], rows));
}

async function run(args: Args, io: Io): Promise<void> {
  const { file, document } = await openStrategy(args, io, []);
  const at = args.optional('at');
  const bar = blaming(`--bars ${file.path}`, () => explainStrategy({ document, bars: file.bars, at }), { at: '--at' });
  if (args.on('json')) io.out(toJson(bar));
  else show(bar, barTime(file.bars, bar.index), io);
}

export const explainCommand: Command = {
  name: 'explain',
  summary: 'say why a strategy stands where it does on one bar: every rule with its values, the target and its size',
  flags: [
    BARS_FLAG,
    { ...STRATEGY_FLAG, required: true },
    {
      name: 'at',
      kind: 'text',
      value: 'TIME',
      help: 'date or ISO-8601 time: the last bar that opened by then; default: the last bar',
    },
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: ['assay explain --bars prices.csv --strategy strategy.json --at 2024-03-01'],
  run,
};
