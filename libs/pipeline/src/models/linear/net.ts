import type { ModelTask, ParameterValues } from '@assay/contracts';
import { fitNet as fit, predictNet } from '@assay/quant';
import { classWeights } from '../class-weights';
import { fittedRows } from '../fitted-rows';
import type { ModelContent, Predict } from '../model-plugin';
import type { TrainingSet } from '../training-set';
import { coefficientFigures, linearContent, linearOf } from './linear-content';
import { searchFigures } from './search-parameters';

/** A linear model with L1 and L2 penalty: of a classification its log-odds, of a regression the label itself. */
export function fitNet(set: TrainingSet, params: ParameterValues, l1Ratio: number): ModelContent {
  const fitted = fit({
    ...fittedRows(set),
    weights: classWeights(params.class_weight, set),
    penalty: params.penalty as number,
    l1Ratio,
    maxIterations: params.max_iterations as number,
    tolerance: params.tolerance as number,
  });
  const { iterations, converged } = fitted;
  return { ...linearContent(fitted), iterations, converged };
}

export function loadNet(content: ModelContent, inputs: number, task: ModelTask): Predict {
  const model = linearOf(content, inputs);
  return (row) => predictNet(model, row, task === 'regression');
}

export const netFigures = (content: ModelContent, inputs: readonly string[]): Record<string, number> => ({
  ...searchFigures(content),
  inputs_used: (content.coefficients as number[]).filter((coefficient) => coefficient !== 0).length,
  ...coefficientFigures(content, inputs),
});
