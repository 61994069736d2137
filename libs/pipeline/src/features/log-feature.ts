import { parametersSchema } from '@assay/contracts';
import { ALONE } from '../columns';
import { logNode } from '../expressions';
import { expressionRuntime } from './expression-feature';
import type { FeaturePlugin } from './feature-plugin';

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
  create: ({ column }, name = 'log', context = ALONE) => expressionRuntime(logNode(String(column), context), name),
};
