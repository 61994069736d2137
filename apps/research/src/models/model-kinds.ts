import { DEFAULT_LOGISTIC_PARAMS, DEFAULT_REFIT } from '../recipes/compose-model';

/** Kinds of models with the JSON Schema of their parameters. */
export const MODEL_KINDS = [
  {
    kind: 'logistic',
    description: 'logistic regression with L2 penalty on standardised features; predicts the chance of a rising close',
    parameter_schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        l2: { type: 'number', minimum: 0, default: DEFAULT_LOGISTIC_PARAMS.l2 },
        max_iterations: { type: 'integer', minimum: 1, default: DEFAULT_LOGISTIC_PARAMS.max_iterations },
        tolerance: { type: 'number', exclusiveMinimum: 0, default: DEFAULT_LOGISTIC_PARAMS.tolerance },
      },
    },
    refit: DEFAULT_REFIT,
  },
  {
    kind: 'rule.identity',
    description: 'no model: the rules read features alone; built in',
    parameter_schema: { type: 'object', additionalProperties: false, properties: {} },
    refit: null,
  },
];

/** Values that a tuning tries when nothing else is asked; each value tried counts as a trial. */
export const SEARCH_SPACES = [{ kind: 'logistic', params: { l2: { values: [0.01, 0.1, 1, 10, 100] } } }];
