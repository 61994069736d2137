import { parametersSchema } from '@assay/contracts';
import { WITH_UNIT } from '@assay/quant';
import { ALONE, columnReader } from '../columns';
import type { FeaturePlugin } from './feature-plugin';

/** A bar column as it is stored, extra ones included: known at the bar's close like every other column. */
export const columnFeature: FeaturePlugin = {
  key: 'column',
  version: '1',
  description: 'a stored bar column as it is',
  parameterSchema: parametersSchema({
    column: { type: 'string', minLength: 1, description: 'name of the bar column' },
  }),
  sources: ['bars'],
  columns: ({ column }) => [String(column)],
  create(params, name = 'column', { features, timeframe } = ALONE) {
    const column = String(params.column);
    const { lookback, scale } = features.get(column) ?? { lookback: 0, scale: WITH_UNIT };
    const reader = columnReader(column, timeframe);
    return {
      name,
      lookback,
      scale,
      batch: (bars) => reader.batch(bars).slice(),
      stream: () => ({
        update: (bar) => reader.value(bar),
        save: () => new Float64Array(0),
        load: () => undefined,
      }),
    };
  },
};
