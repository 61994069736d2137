import type { ParameterSchema, ParameterValues } from '@assay/contracts';
import { CLASS_WEIGHT } from '../class-weights';

/** How a network is trained, whatever its layers. */
export const TRAINING_PARAMETERS = {
  dropout: {
    type: 'number',
    minimum: 0,
    maximum: 0.9,
    default: 0,
    description: 'part of the units that each training step leaves out',
  },
  l2: { type: 'number', minimum: 0, default: 0, description: 'L2 penalty on the weights' },
  learning_rate: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.01,
    description: 'step size of Adam',
  },
  batch_size: { type: 'integer', minimum: 8, maximum: 4096, default: 32, description: 'rows of a training step' },
  early_stopping: {
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    default: 5,
    description:
      'epochs without progress on the validation rows after which it ends with the best weights it had; 0 never',
  },
  validation_fraction: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 0.5,
    default: 0.2,
    description:
      'part of the rows, the last ones, that early stopping looks at; rows whose label reaches into it are left out',
  },
  class_weight: CLASS_WEIGHT,
} satisfies Record<string, ParameterSchema>;

/** The number of passes over the rows: what it is by default depends on what a pass costs. */
export const epochsParameter = (passes: number): ParameterSchema => ({
  type: 'integer',
  minimum: 1,
  maximum: 1000,
  default: passes,
  description: 'passes over the training rows at most',
});

/** The same as numbers by their names in a training. */
export interface TrainingOptions {
  epochs: number;
  dropout: number;
  l2: number;
  rate: number;
  batch: number;
  patience: number;
  validationFraction: number;
  classWeight: unknown;
}

export const trainingOptions = (params: ParameterValues): TrainingOptions => ({
  epochs: params.epochs as number,
  dropout: params.dropout as number,
  l2: params.l2 as number,
  rate: params.learning_rate as number,
  batch: params.batch_size as number,
  patience: params.early_stopping as number,
  validationFraction: params.validation_fraction as number,
  classWeight: params.class_weight,
});
