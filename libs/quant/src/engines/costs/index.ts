export { checkCapital, checkCosts, checkCostsOf, checkProportional, costPerSide, isPlain } from './check-costs';
export { Carry, YEAR_MS } from './carry';
export {
  COST_KINDS,
  costsOfFills,
  costsOfWeights,
  costTotals,
  forgetBar,
  newCostColumns,
  noteCarry,
  noteOrder,
} from './cost-columns';
export { OrderCosts } from './order-costs';
