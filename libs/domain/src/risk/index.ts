export { RISK_CHECKS, type RiskCheckName } from './check-result';
export { accountAction, type AccountAction, type AccountFacts, type AccountLimits } from './checks/account-limits';
export { checkData, type DataInput } from './checks/data';
export type { FxRate } from './checks/max-position';
export { evaluateFlatten, evaluateRiskGate, type RiskGateInput, type RiskGateResult } from './evaluate-risk-gate';
export { hasJoined } from './join';
export * from './order-permissions';
export {
  exceedsStop,
  stopLoss,
  unrealisedLossPct,
  type StopLatch,
  type ReachedLevel,
  type StopLossInput,
  type StopLossOutcome,
} from './stop-loss';
