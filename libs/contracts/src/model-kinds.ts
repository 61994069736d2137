import type { ModelLabel, ModelTask } from './model-label';
import type { ModelTraining } from './model-training';
import type { ParametersSchema, ParameterValues } from './parameters/parameter-schema';

/** What of a plan is checked by its kind. */
export interface CheckedPlan {
  readonly inputs: readonly string[];
  readonly label: ModelLabel;
  readonly params: ParameterValues;
  readonly training?: ModelTraining;
}

/** One kind of model: the parameters its documents carry, and what it can learn to say. */
export interface ModelKind {
  readonly parameters: ParametersSchema;
  readonly tasks: readonly ModelTask[];
  /** Other names that are read as the kind's own. */
  readonly aliases?: readonly string[];
  /** What no schema can say of a plan of this kind. @throws DomainError `validation_failed`, fields as in the plan. */
  readonly check?: (plan: CheckedPlan) => void;
}

/** The kinds of models there are. */
export type ModelKinds = ReadonlyMap<string, ModelKind>;
