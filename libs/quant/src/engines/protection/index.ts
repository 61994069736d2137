export * from './types';
export { orderRulesLookback } from './order-rules';
export * from './protective-levels';
export { OrderRulesStream } from './order-rules-stream';
export { applyOrderRules, type RuledBars, type RuledTargets } from './apply-order-rules';
export { lastWithin, sliceInterventions } from './interventions';
