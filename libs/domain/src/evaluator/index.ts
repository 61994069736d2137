export {
  explainBar,
  type BarExplanation,
  type ExplainedBranch,
  type ExplainedGroup,
  type ExplainedLeaf,
  type ExplainedNode,
} from './explain-bar';
export { lookbackOf } from './assembly';
export { evaluateBatch } from './evaluate-batch';
export { orderRulesOf } from './order-rules';
export { neverFires } from './never-fires';
export { periodsPerYear } from './periods-per-year';
export { predictRange } from './predict-range';
export { RuleProgram, type RuleOutcome } from './rule-program';
export { decodeState, encodeState } from './state-text';
export { createStreamingEvaluator } from './streaming-evaluator';
export * from './types';
