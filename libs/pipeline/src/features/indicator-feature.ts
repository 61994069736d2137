import { parametersSchema, type ParameterSchema, type ParameterValues } from '@assay/contracts';
import { valueOf, type Bar, type BarColumns, type FeatureRuntime } from '@assay/domain';
import { chosenInput, computeIndicator, indicators, type Indicator, type TieScale } from '@assay/quant';
import { requireColumn } from './bar-input';
import type { FeaturePlugin } from './feature-plugin';

export interface IndicatorFeatureOptions {
  key: string;
  version: string;
  description: string;
  /** What its values are measured in; an output divided by the close is a pure number. */
  scale: TieScale;
  /** Key of the indicator in the core library; default: the feature's key. */
  indicator?: string;
  /** Which of its outputs; default: the first. */
  output?: string;
  /** Divides the output by the close of the same bar. */
  overClose?: boolean;
}

/** @throws Error when the core library has no indicator of that key: a broken build, not a user's mistake. */
export function requireIndicator(key: string): Indicator {
  const indicator = indicators.get(key);
  if (indicator === undefined) throw new Error(`the core library has no indicator ${key}`);
  return indicator;
}

/** An indicator of one price column works on any other column as well. */
function readsChosenColumn(indicator: Indicator): boolean {
  return indicator.inputs.length === 1 && chosenInput(indicator) === 0;
}

export function indicatorParameters(indicator: Indicator): Record<string, ParameterSchema> {
  const properties: Record<string, ParameterSchema> = {};
  for (const [name, spec] of Object.entries(indicator.parameters)) {
    properties[name] = {
      type: spec.integer ? 'integer' : 'number',
      minimum: spec.min,
      ...(spec.max === undefined ? {} : { maximum: spec.max }),
      default: spec.default,
      description: spec.description,
    };
  }
  if (readsChosenColumn(indicator)) {
    properties.column = { type: 'string', default: 'close', description: 'bar column that it reads' };
  }
  return properties;
}

/** Batch and streaming feature over one output of an indicator. Both forms do the same operations: same bits. */
export function indicatorRuntime(
  indicator: Indicator,
  params: ParameterValues,
  name: string,
  output: number,
  scale: TieScale,
  overClose: boolean,
): FeatureRuntime {
  const columns: string[] = readsChosenColumn(indicator) ? [String(params.column)] : [...indicator.inputs];
  const numbers: Record<string, number> = {};
  for (const key of Object.keys(indicator.parameters)) numbers[key] = params[key] as number;
  return {
    name,
    lookback: indicator.lookback(numbers),
    scale,
    batch(bars: BarColumns): Float64Array {
      const inputs = columns.map((column) => requireColumn(bars, column));
      const values = computeIndicator(indicator, inputs, numbers)[output]!;
      if (overClose) for (let i = 0; i < values.length; i++) values[i] = values[i]! / bars.close[i]!;
      return values;
    },
    stream() {
      const stream = indicator.stream(numbers);
      const input = new Float64Array(columns.length);
      const out = new Float64Array(indicator.outputs.length);
      return {
        update(bar: Bar): number {
          for (let i = 0; i < input.length; i++) input[i] = valueOf(bar, columns[i]!);
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
export function indicatorFeature(options: IndicatorFeatureOptions): FeaturePlugin {
  const indicator = requireIndicator(options.indicator ?? options.key);
  const output = options.output === undefined ? 0 : indicator.outputs.indexOf(options.output);
  if (output < 0) throw new Error(`${indicator.key} has no output ${options.output}`);
  return {
    key: options.key,
    version: options.version,
    description: options.description,
    parameterSchema: parametersSchema(indicatorParameters(indicator)),
    sources: ['bars'],
    create: (params, name = options.key) =>
      indicatorRuntime(indicator, params, name, output, options.scale, options.overClose ?? false),
  };
}
