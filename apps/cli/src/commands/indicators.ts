import { columnOf } from '@assay/domain';
import {
  chosenInput,
  computeIndicator,
  indicators,
  resolveParameters,
  strategyJsonIndicators,
  type Indicator,
} from '@assay/quant';
import type { Args } from '../args/parse-args';
import { toNumber } from '../args/range';
import { blaming, UsageError } from '../args/usage-error';
import { WITHOUT_LIST } from '../input/flag-scopes';
import { ADJUST_FLAG, BARS_FLAG, barTime, readBarsFile, requireColumns, type BarsFile } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

const LAST_ROWS = 20;
/** What `--adjust` scales. */
const ADJUSTED = new Set(['v', 'open', 'high', 'low', 'close']);

function allIndicators(): Map<string, Indicator> {
  const all = new Map<string, Indicator>(indicators);
  for (const [name, indicator] of strategyJsonIndicators) all.set(name, indicator as unknown as Indicator);
  return all;
}

function indicatorOf(args: Args): Indicator {
  const all = allIndicators();
  const name = args.text('name');
  const found = all.get(name);
  if (found) return found;
  throw new UsageError(`--name must be one of ${[...all.keys()].join(', ')}, was ${name}`);
}

function requireParameter(args: Args, { parameters }: Indicator, name: string, flag: string): void {
  if (Object.hasOwn(parameters, name)) return;
  const names = Object.keys(parameters).join(', ') || 'none';
  throw new UsageError(`${flag} is no parameter of ${args.text('name')}; its parameters are ${names} (use --param)`);
}

/** `--window N` and every `--param name=N`. */
function parametersOf(args: Args, indicator: Indicator): Record<string, number> {
  const given: Record<string, number> = {};
  for (const text of args.all('param')) {
    const [name, value = '', ...rest] = text.split('=');
    const number = toNumber(value);
    if (Number.isNaN(number) || rest.length > 0) throw new UsageError(`--param must be NAME=NUMBER, was ${text}`);
    if (Object.hasOwn(given, name)) throw new UsageError(`--param ${name} must be given once, was given again`);
    requireParameter(args, indicator, name, `--param ${name}`);
    given[name] = number;
  }
  if (args.has('window')) {
    if (Object.hasOwn(given, 'window'))
      throw new UsageError('give one of --window and --param window, both were given');
    requireParameter(args, indicator, 'window', '--window');
    given.window = args.number('window');
  }
  return blaming(`--name ${args.text('name')}`, () => resolveParameters(indicator.parameters, given));
}

function inputsOf(args: Args, indicator: Indicator, file: BarsFile): Float64Array[] {
  const names = columnsOf(args, indicator);
  const chosen = args.has('column') ? chosenInput(indicator) : -1;
  requireColumns(
    file,
    names.map((name, i) => ({
      column: name,
      flag: i === chosen ? `--column ${name}` : `--name ${args.text('name')}`,
    })),
  );
  return names.map((name) => columnOf(file.bars, name)!);
}

/** The columns an indicator reads: `--column` stands for the one that may be chosen, the close where that is the only one. */
function columnsOf(args: Args, indicator: Indicator): string[] {
  const name = args.text('name');
  const chosen = chosenInput(indicator);
  const column = args.optional('column') ?? (indicator.inputs.length === 1 ? 'close' : undefined);
  if (chosen < 0 && args.has('column')) {
    throw new UsageError(`--column has no effect: ${name} reads the fixed columns ${indicator.inputs.join(', ')}`);
  }
  if (chosen >= 0 && column === undefined) {
    const fixed = indicator.inputs.filter((_, i) => i !== chosen).join(', ');
    throw new UsageError(`--column is required: ${name} reads ${fixed} and one column of your choice`);
  }
  const names = indicator.inputs.map((input, i) => (i === chosen ? column! : input));
  if (args.text('adjust') !== 'none' && !names.some((read) => ADJUSTED.has(read))) {
    throw new UsageError(`--adjust has no effect: ${name} reads ${names.join(', ')}, which is no price`);
  }
  return names;
}

function list(args: Args, io: Io): void {
  const rows = [...allIndicators()].map(([name, { inputs, outputs, parameters }]) => ({
    name,
    inputs,
    outputs,
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, spec]) => [key, spec.default])),
  }));
  if (args.on('json')) io.out(toJson({ indicators: rows }));
  else {
    const shown = rows.map((row) => [
      row.name,
      row.inputs.join(','),
      row.outputs.join(','),
      Object.entries(row.parameters)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
    ]);
    io.out(table(['name', 'inputs', 'outputs', 'parameters'], shown));
  }
}

async function run(args: Args, io: Io): Promise<void> {
  if (args.on('list')) return list(args, io);
  for (const name of ['bars', 'name']) args.require(name, 'unless --list is given');
  const indicator = indicatorOf(args);
  const file = await readBarsFile(args, io);
  const params = parametersOf(args, indicator);
  const inputs = inputsOf(args, indicator, file);
  const outputs = blaming(`--name ${args.text('name')}`, () => computeIndicator(indicator, inputs, params));
  if (args.on('json')) {
    const more =
      outputs.length > 1 ? { outputs: Object.fromEntries(indicator.outputs.map((key, i) => [key, outputs[i]])) } : {};
    const times = file.present.has('date')
      ? { times: Array.from(file.bars.openTimeMs, (_, i) => barTime(file.bars, i)) }
      : {};
    return io.out(toJson({ name: args.text('name'), parameters: params, ...times, values: outputs[0], ...more }));
  }
  const from = Math.max(0, file.bars.openTimeMs.length - LAST_ROWS);
  const rows = Array.from(file.bars.openTimeMs.subarray(from), (_, i) => [
    file.present.has('date') ? barTime(file.bars, from + i) : from + i,
    ...outputs.map((column) => column[from + i]),
  ]);
  io.out(table([file.present.has('date') ? 'date' : 'bar', ...indicator.outputs], rows));
}

export const indicatorsCommand: Command = {
  name: 'indicators',
  summary: 'compute an indicator over the bars of a CSV file',
  flags: [
    { ...BARS_FLAG, required: false, scope: WITHOUT_LIST },
    {
      name: 'name',
      kind: 'text',
      value: 'NAME',
      help: 'indicator, e.g. get_rsi (Strategy JSON) or rsi (TA-Lib convention)',
      scope: WITHOUT_LIST,
    },
    {
      name: 'window',
      kind: 'integer',
      min: 1,
      help: 'window in bars, where the indicator has one',
      scope: WITHOUT_LIST,
    },
    {
      name: 'param',
      kind: 'text',
      value: 'NAME=N',
      repeatable: true,
      help: 'any parameter of the indicator',
      scope: WITHOUT_LIST,
    },
    {
      name: 'column',
      kind: 'text',
      value: 'COLUMN',
      scope: WITHOUT_LIST,
      help: 'the column read, where the indicator reads one of your choice; default close, v means close',
    },
    ...[ADJUST_FLAG, ...READING_FLAGS].map((flag) => ({ ...flag, scope: WITHOUT_LIST })),
    { name: 'list', kind: 'switch', help: 'list all indicators with inputs, outputs and parameters' },
  ],
  examples: [
    'assay indicators --bars prices.csv --name get_rsi --window 3 --json',
    'assay indicators --bars prices.csv --name macd --param fast=8 --param slow=21',
  ],
  run,
};
