import {
  MARKETS,
  parametersSchema,
  TIMEFRAMES,
  type MarketCode,
  type ParameterValues,
  type Timeframe,
} from '@assay/contracts';
import type { FeatureRuntime } from '@assay/domain';
import { STANDARD_COLUMNS } from '@assay/domain';
import { ALONE, columnReader, DERIVED_COLUMNS } from '../columns';
import { compileExpression } from '../expressions';
import { barPlaces, mostBarsWithin } from '../timeframes/bar-places';
import { HigherStream, streamOver } from '../timeframes/higher-stream';
import { expressionRuntime } from './expression-feature';
import type { FeaturePlugin } from './feature-plugin';

const OWN: readonly string[] = ['v', ...STANDARD_COLUMNS, ...DERIVED_COLUMNS];
const textOf = ({ expression }: ParameterValues): string => String(expression);

function runtimeOf(params: ParameterValues, name: string, { timeframe, features } = ALONE): FeatureRuntime {
  const [to, market] = [params.timeframe as Timeframe, params.market as MarketCode];
  // of what a feature listed before says, the longer bar keeps the last
  const before = Math.max(0, ...[...features.values()].map(({ lookback }) => lookback));
  const facts = new Map([...features].map(([read, { scale }]) => [read, { lookback: 0, scale }]));
  const node = compileExpression(textOf(params), { timeframe: to, features: facts });
  const inner = expressionRuntime(node, name);
  const extra = [...new Set(node.columns)].filter((column) => !OWN.includes(column));
  const readers = extra.map((column) => [column, columnReader(column, timeframe, 'params.expression')] as const);
  const placeOf = barPlaces(timeframe, to, market);
  const most = mostBarsWithin(timeframe, to, market);
  // a first longer bar may lack its first bar, and the last has to be complete
  const own = (inner.lookback + 2) * most - 2;
  const stream = (): HigherStream => new HigherStream(placeOf, inner.stream(), extra);
  return {
    name,
    lookback: before + own,
    lookbackOver({ openTimeMs }) {
      let left = own;
      for (let i = before; i < openTimeMs.length; i++) {
        if (placeOf(openTimeMs[i]!) === null) continue;
        if (left === 0) return i;
        left -= 1;
      }
      return Math.max(before + own, openTimeMs.length);
    },
    scale: inner.scale,
    batch: (bars) =>
      streamOver(stream(), bars, new Map(readers.map(([column, reader]) => [column, reader.batch(bars)]))),
    stream,
  };
}

/** A formula over longer bars that are put together from the bars themselves; a value is known when its longer bar is complete. */
export const higherTimeframeFeature: FeaturePlugin = {
  key: 'higher_timeframe',
  version: '1',
  description: 'a formula over longer bars of the same series, its value known at their close',
  parameterSchema: parametersSchema({
    timeframe: { type: 'string', enum: TIMEFRAMES.slice(1), description: 'timeframe of the longer bars' },
    market: { type: 'string', enum: MARKETS, description: 'market whose sessions the longer bars keep to' },
    expression: { type: 'string', minLength: 1, description: 'what is computed of them, as in the feature expression' },
  }),
  sources: ['bars'],
  check: (params) => void compileExpression(textOf(params)),
  columns: (params) => [...new Set([...compileExpression(textOf(params)).columns])],
  sessionsOf: ({ market }) => market as MarketCode,
  examples: [
    { timeframe: '1w', market: 'CRYPTO', expression: 'rsi(close, 5)' },
    { timeframe: '1M', market: 'CRYPTO', expression: 'close / lag(close, 2) - 1' },
    { timeframe: '1w', market: 'CRYPTO', expression: 'atr(3) / close + lag(factor, 1)' },
    { timeframe: '1w', market: 'CRYPTO', expression: 'macd.signal(close, 2, 4, 3)' },
  ],
  // it depends on the times of the bars
  mayBeEarly: true,
  create: (params, name = 'higher_timeframe', context = ALONE) => runtimeOf(params, name, context),
};
