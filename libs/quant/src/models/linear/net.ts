import { fitElasticNet, predictElasticNet, type ElasticNetOptions } from './elastic-net';
import { fitLeastSquaresNet } from './least-squares-net';
import { linearScore, type LinearModel } from './linear-model';
import type { FittedSearch } from './search';

/** A linear model with L1 and L2 penalty: of two classes their log-odds, of a regression the label itself. */
export const fitNet = (options: ElasticNetOptions): LinearModel & FittedSearch =>
  (options.isRegression ? fitLeastSquaresNet : fitElasticNet)(options);

/** The chance of label 1, of a regression the label, for one raw row; NaN when a feature is NaN. */
export const predictNet = (model: LinearModel, row: ArrayLike<number>, isRegression: boolean): number =>
  isRegression ? linearScore(model, row) : predictElasticNet(model, row);
