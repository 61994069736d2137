import type { FeatureSpec, Warning } from '@assay/contracts';
import {
  calendarWarnings,
  featureBarColumns,
  featureColumns,
  featurePlugins,
  StageCache,
  type FeaturePlugin,
} from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, barTime, readBarsFile, requireColumns } from '../input/bars-file';
import { WITH_BARS } from '../input/flag-scopes';
import { readFlagFile } from '../input/read-file';
import { READING_FLAGS } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

const LAST_ROWS = 20;
const NAMED = /^([A-Za-z_][A-Za-z0-9_.]{0,63})\s*=(?!=)\s*(.+)$/s;

/** `window=14 column`: a parameter with its default, or alone where it must be given. */
function parametersOf({ parameterSchema: { properties } }: FeaturePlugin): string {
  return Object.entries(properties)
    .map(([name, { default: value }]) => (value === undefined ? name : `${name}=${value}`))
    .join(' ');
}

function list(args: Args, io: Io): void {
  const plugins = [...featurePlugins.values()];
  if (args.on('json')) {
    const features = plugins.map(({ key, version, description, parameterSchema }) => ({
      plugin: key,
      plugin_version: version,
      description,
      parameter_schema: parameterSchema,
    }));
    return io.out(toJson({ features }));
  }
  const rows = plugins.map((plugin) => [plugin.key, parametersOf(plugin), plugin.description]);
  io.out(table(['plugin', 'parameters', 'description'], rows));
  io.out(`\n${plugins.flatMap(choicesOf).join('\n')}\n`);
}

/** `calendar, of: year, quarter, ...`, a line for each parameter that is one of some words. */
function choicesOf({ key, parameterSchema: { properties } }: FeaturePlugin): string[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    schema.type === 'string' && schema.enum ? [`${key}, ${name}: ${schema.enum.join(', ')}`] : [],
  );
}

/** Of features without a value at any bar: what reads them never has one either. */
function withoutValues(names: readonly string[], columns: readonly Float64Array[]): Warning[] {
  const idle = names.filter((_, i) => columns[i].every(Number.isNaN));
  return idle.map((name) => ({
    code: 'no_values',
    message: `${name} has no value at any of ${columns[0].length} bars`,
  }));
}

/** `NAME=FORMULA`: a feature of the plugin `expression`. */
function formulaOf(text: string): FeatureSpec {
  const [, name, expression] = NAMED.exec(text) ?? [];
  if (name === undefined || expression === undefined)
    throw new UsageError(`--feature must be NAME=FORMULA, was ${text}`);
  return { pin: null, name, plugin: 'expression', plugin_version: '1', params: { expression } };
}

/** The features of a JSON file: a list of them, or a pipeline document that has one. */
function featuresOf(path: string): FeatureSpec[] {
  let read: unknown;
  try {
    read = JSON.parse(readFlagFile('--from', path).toString('utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--from must be a JSON file, was ${path} (${(error as Error).message})`);
  }
  const found = Array.isArray(read) ? read : (read as { features?: unknown } | null)?.features;
  if (!Array.isArray(found)) throw new UsageError(`--from must have a list of features, ${path} has none`);
  return found.map((one: unknown, i) => {
    const { name, plugin, params = {}, plugin_version: version } = (one ?? {}) as Partial<FeatureSpec>;
    if (typeof name !== 'string' || typeof plugin !== 'string')
      throw new UsageError(`--from ${path}: features[${i}] must have a name and a plugin`);
    const plugin_version = version ?? featurePlugins.get(plugin)?.version ?? '1';
    return { pin: null, name, plugin, plugin_version, params };
  });
}

async function compute(args: Args, io: Io): Promise<void> {
  const path = args.optional('from');
  const specs = [...(path === undefined ? [] : featuresOf(path)), ...args.all('feature').map(formulaOf)];
  if (specs.length === 0) throw new UsageError('--bars needs features: give --feature NAME=FORMULA or --from FILE');
  const file = await readBarsFile(args, io);
  const { bars } = file;
  const blamed = path === undefined ? '--feature' : '--from';
  const columns = blaming(blamed, () => {
    featureBarColumns(specs, bars.timeframe).forEach((names, i) =>
      requireColumns(
        file,
        names
          .filter((column) => !specs.slice(i + 1).some(({ name }) => name === column))
          .map((column) => ({ column, flag: `${blamed} (${specs[i].name})` })),
      ),
    );
    return featureColumns(specs, bars, new StageCache());
  });
  const values = columns.map(({ column }) => column);
  const names = specs.map(({ name }) => name);
  const warnings = [...calendarWarnings(specs, bars), ...withoutValues(names, values)];
  for (const { code, message } of warnings) io.err(`${blamed}: warning ${code}: ${message}\n`);
  const hasTimes = file.present.has('date');
  if (args.on('json')) {
    const times = hasTimes ? { times: Array.from(bars.openTimeMs, (_, i) => barTime(bars, i)) } : {};
    const features = names.map((name, i) => ({
      name,
      plugin: specs[i].plugin,
      lookback: columns[i].lookback,
      values: values[i],
    }));
    return io.out(toJson({ timeframe: bars.timeframe, ...times, features, warnings }));
  }
  const from = Math.max(0, bars.openTimeMs.length - LAST_ROWS);
  const rows = Array.from(bars.openTimeMs.subarray(from), (_, i) => [
    hasTimes ? barTime(bars, from + i) : from + i,
    ...values.map((column) => column[from + i]),
  ]);
  io.out(table([hasTimes ? 'date' : 'bar', ...names], rows));
}

export const featuresCommand: Command = {
  name: 'features',
  summary: 'list the features that a pipeline strategy can have, with their parameters; with --bars, compute some',
  flags: [
    { ...BARS_FLAG, required: false },
    {
      name: 'feature',
      kind: 'text',
      value: 'NAME=FORMULA',
      repeatable: true,
      help: 'a formula over columns and features given before it, as in docs/features.md',
      scope: WITH_BARS,
    },
    {
      name: 'from',
      kind: 'text',
      value: 'FILE',
      help: 'features as a JSON list of name, plugin and params, or those of a pipeline strategy; they come first',
      scope: WITH_BARS,
    },
    ...[ADJUST_FLAG, ...READING_FLAGS].map((flag) => ({ ...flag, scope: WITH_BARS })),
  ],
  examples: [
    'assay features --json',
    "assay features --bars prices.csv --feature 'fast=rolling_mean(close, 5)' --feature 'gap=close / fast - 1'",
    'assay features --bars hours.csv --timeframe 1h --from features.json --json',
  ],
  run: (args, io) => (args.has('bars') ? compute(args, io) : list(args, io)),
};
