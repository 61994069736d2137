import { parametersSchema, type ParameterSchema, type ParameterValues } from '@assay/contracts';
import type { Bar, BarColumns, FeatureRuntime } from '@assay/domain';
import {
  chosenInput,
  indicatorMatrix,
  indicators,
  PURE_NUMBER,
  type Indicator,
  type Parameters,
  type TieScale,
} from '@assay/quant';
import { ALONE, columnReader, type FeatureContext } from '../columns';
import type { FeaturePlugin } from './feature-plugin';

export interface IndicatorFeatureOptions {
  key: string;
  /** Default: the indicator's, and the output where it has several. */
  description?: string;
  indicator: Indicator;
  /** Which of its outputs; default: the first. */
  output?: string;
}

/** @throws Error when the core library has no indicator of that key: a broken build, not a user's mistake. */
export function requireIndicator(key: string): Indicator {
  const indicator = indicators.get(key);
  if (indicator === undefined) throw new Error(`the core library has no indicator ${key}`);
  return indicator;
}

/** The columns that it reads, in the order of its inputs: `column` stands for the one of the caller's choice. */
export function indicatorColumns(indicator: Indicator, params: ParameterValues): string[] {
  const chosen = chosenInput(indicator);
  return indicator.inputs.map((input, i) => (i === chosen ? String(params.column) : input));
}

function numbersOf(indicator: Indicator, params: ParameterValues): Parameters {
  return Object.fromEntries(Object.keys(indicator.parameters).map((name) => [name, params[name] as number]));
}

/** An indicator that reads one column reads the close unless told; one that reads more has to be told which is the other. */
function columnParameter(indicator: Indicator): Record<string, ParameterSchema> {
  const chosen = chosenInput(indicator);
  if (chosen < 0) return {};
  if (indicator.inputs.length === 1) {
    return { column: { type: 'string', minLength: 1, default: 'close', description: 'bar column that it reads' } };
  }
  const fixed = indicator.inputs.filter((_, i) => i !== chosen).join(', ');
  return { column: { type: 'string', minLength: 1, description: `bar column that it reads beside ${fixed}` } };
}

function indicatorParameters(indicator: Indicator): Record<string, ParameterSchema> {
  const properties: Record<string, ParameterSchema> = {};
  for (const [name, spec] of Object.entries(indicator.parameters)) {
    const { min: minimum, max: maximum, default: value, description } = spec;
    properties[name] = spec.integer
      ? { type: 'integer', minimum, maximum: spec.max, default: value, description }
      : { type: 'number', minimum, ...(maximum === undefined ? {} : { maximum }), default: value, description };
  }
  return { ...properties, ...columnParameter(indicator) };
}

/** Batch and streaming feature over one output of an indicator. Both forms do the same operations: same bits. */
export function indicatorRuntime(
  indicator: Indicator,
  params: ParameterValues,
  name: string,
  output: number,
  scale: TieScale,
  overClose: boolean,
  { features, timeframe }: FeatureContext = ALONE,
): FeatureRuntime {
  const columns = indicatorColumns(indicator, params);
  const numbers = numbersOf(indicator, params);
  const readers = columns.map((column) => columnReader(column, timeframe));
  const before = columns.map((column) => features.get(column)?.lookback ?? 0);
  const isPure = columns.length === 1 && features.get(columns[0]!)?.scale === PURE_NUMBER;
  return {
    name,
    lookback: indicator.lookback(numbers) + Math.max(...before),
    // what is made of one column is measured as that is, if it has a unit at all
    scale: isPure ? PURE_NUMBER : scale,
    batch(bars: BarColumns): Float64Array {
      const inputs = readers.map((reader) => reader.batch(bars));
      const [values] = indicatorMatrix([{ indicator, params: numbers, inputs, output }]) as [Float64Array];
      if (overClose) for (let i = 0; i < values.length; i++) values[i] = values[i]! / bars.close[i]!;
      return values;
    },
    stream() {
      const stream = indicator.stream(numbers);
      const input = new Float64Array(readers.length);
      const out = new Float64Array(indicator.outputs.length);
      return {
        update(bar: Bar): number {
          for (let i = 0; i < input.length; i++) input[i] = readers[i]!.value(bar);
          stream.update(input, out);
          return overClose ? out[output]! / bar.close : out[output]!;
        },
        save: () => stream.save(),
        load: (state) => stream.load(state),
      };
    },
  };
}

/** A feature plugin whose parameters are those of an indicator (and the column, where the indicator reads a chosen one). */
export function indicatorFeature({ key, description, indicator, output }: IndicatorFeatureOptions): FeaturePlugin {
  const index = output === undefined ? 0 : indicator.outputs.indexOf(output);
  if (index < 0) throw new Error(`${indicator.key} has no output ${output}`);
  const several = indicator.outputs.length > 1 ? `: ${indicator.outputs[index]}` : '';
  return {
    key,
    version: indicator.version,
    description: description ?? `${indicator.description}${several}`,
    parameterSchema: parametersSchema(indicatorParameters(indicator)),
    sources: ['bars'],
    check: (params) => void indicator.lookback(numbersOf(indicator, params)),
    columns: (params) => indicatorColumns(indicator, params),
    matrixColumn: (params, bars) => {
      const inputs = indicatorColumns(indicator, params).map((name) => columnReader(name, bars.timeframe).batch(bars));
      return { indicator, params: numbersOf(indicator, params), inputs, output: index };
    },
    create: (params, name = key, context = ALONE) =>
      indicatorRuntime(indicator, params, name, index, indicator.scales[index]!, false, context),
  };
}
