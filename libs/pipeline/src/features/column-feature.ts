import { parametersSchema } from '@assay/contracts';
import { valueOf, type Bar, type BarColumns } from '@assay/domain';
import { WITH_UNIT } from '@assay/quant';
import { requireColumn } from '../columns';
import { ALONE, type FeaturePlugin } from './feature-plugin';

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
  create(params, name = 'column', { features } = ALONE) {
    const column = String(params.column);
    const { lookback, scale } = features.get(column) ?? { lookback: 0, scale: WITH_UNIT };
    return {
      name,
      lookback,
      scale,
      batch: (bars: BarColumns) => requireColumn(bars, column).slice(),
      stream: () => ({
        update: (bar: Bar) => valueOf(bar, column),
        save: () => new Float64Array(0),
        load: () => undefined,
      }),
    };
  },
};
