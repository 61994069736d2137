import type { ParameterSchema } from '@assay/contracts';
import type { ModelContent } from '../model-plugin';

/** When the search for a minimum ends. */
export const SEARCH_PARAMETERS: Readonly<Record<'max_iterations' | 'tolerance', ParameterSchema>> = {
  max_iterations: {
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    default: 100,
    description: 'steps after which the search for the minimum ends',
  },
  tolerance: {
    type: 'number',
    exclusiveMinimum: 0,
    default: 1e-8,
    description: 'the search ends when no coefficient moves by more',
  },
};

/** How it ended. */
export const searchFigures = ({ iterations, converged }: ModelContent): Record<string, number> => ({
  iterations: iterations as number,
  converged: converged ? 1 : 0,
});
