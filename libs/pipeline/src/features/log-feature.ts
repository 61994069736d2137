import { parametersSchema } from '@assay/contracts';
import { BAR_COLUMN, logNode } from '../expressions';
import { expressionRuntime } from './expression-feature';
import { ALONE, type FeaturePlugin } from './feature-plugin';

/** The natural logarithm of a column; missing where that is not above 0. */
export const logFeature: FeaturePlugin = {
  key: 'log',
  version: '1',
  description: 'natural logarithm of a column',
  parameterSchema: parametersSchema({
    column: { type: 'string', minLength: 1, default: 'close', description: 'column that it reads' },
  }),
  sources: ['bars'],
  columns: ({ column }) => [String(column)],
  examples: [{ column: 'close' }, { column: 'volume' }],
  create(params, name = 'log', { features } = ALONE) {
    const column = String(params.column);
    return expressionRuntime(logNode(column, features.get(column) ?? BAR_COLUMN), name);
  },
};
