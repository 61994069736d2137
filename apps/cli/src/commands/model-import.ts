import { modelPlanOf } from '@assay/domain';
import { importModelOf } from '@assay/pipeline';
import { dateOrTime, endOfDateOrTime } from '@assay/primitives';
import { writeFileSync } from 'node:fs';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { fileFlag } from '../input/file-flag';
import { readFlagFile } from '../input/read-file';
import { readStrategy } from '../input/strategy-file';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

function statedTraining(args: Args): { first_bar: string; train_end: string } {
  const [start, end] = [args.text('train-start'), args.text('train-end')];
  const from = blaming('--train-start', () => dateOrTime('--train-start', start), { '--train-start': '--train-start' });
  const to = blaming('--train-end', () => endOfDateOrTime('--train-end', end), { '--train-end': '--train-end' });
  if (from > to) throw new UsageError(`--train-end must not be before --train-start ${start}, was ${end}`);
  return { first_bar: new Date(from).toISOString(), train_end: new Date(to).toISOString() };
}

function run(args: Args, io: Io): void {
  const path = args.text('file');
  const file = readFlagFile('FILE', path);
  const document = readStrategy(args);
  const stated = statedTraining(args);
  const fields = { file: path, 'file:': `${path}:` };
  const imported = blaming('--strategy', () => importModelOf({ document, file, stated }), fields);
  const out = args.text('out');
  writeFileSync(out, imported.bytes);
  const { kind, inputs } = modelPlanOf(document)!;
  const { sha256, trainEnd: train_end } = imported;
  if (args.on('json')) return io.out(toJson({ artifact: out, sha256, kind, inputs, ...stated }));
  io.out(`${out}: ${kind} model of ${inputs.join(', ')}\nsha256 ${sha256}\npredicts bars after ${train_end}\n`);
}

export const modelImportCommand: Command = {
  name: 'model import',
  summary: 'make the artifact of a strategy from the file of a model that was trained elsewhere',
  flags: [
    fileFlag('file of the model, as its framework exports it'),
    { ...STRATEGY_FLAG, required: true, help: 'Strategy JSON whose model says kind, inputs and parameters' },
    {
      name: 'train-start',
      kind: 'text',
      value: 'TIME',
      required: true,
      help: 'first bar that the training has seen: date or ISO-8601 time',
    },
    {
      name: 'train-end',
      kind: 'text',
      value: 'TIME',
      required: true,
      help: 'last bar that it has seen, labels, validation and choice of parameters included; only later bars are predicted',
    },
    { name: 'out', kind: 'text', value: 'FILE', required: true, help: 'where the artifact is written' },
  ],
  examples: [
    'assay model import direction.model --strategy strategy.json --train-start 2010-01-04 --train-end 2019-12-31 --out model.json',
    'assay backtest --bars prices.csv --strategy strategy.json --artifact model.json',
  ],
  run,
};
