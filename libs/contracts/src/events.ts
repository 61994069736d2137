import type { PolicyName, PromotionEvidence } from './evidence';

/** Event type -> subject on the bus. */
export const EVENT_SUBJECTS = {
  'strategy.created': 'assay.research.strategy.created.v1',
  'strategy.updated': 'assay.research.strategy.updated.v1',
  'strategy.promoted': 'assay.research.strategy.promoted.v1',
  'strategy.demoted': 'assay.research.strategy.demoted.v1',
  'strategy.archived': 'assay.research.strategy.archived.v1',
  'model.trained': 'assay.research.model.trained.v1',
  'backtest.completed': 'assay.research.backtest.completed.v1',
  'validation.completed': 'assay.research.validation.completed.v1',
  'deployment.started': 'assay.trade.deployment.started.v1',
  'deployment.stopped': 'assay.trade.deployment.stopped.v1',
  'deployment.paused': 'assay.trade.deployment.paused.v1',
  'order.placed': 'assay.trade.order.placed.v1',
  'order.filled': 'assay.trade.order.filled.v1',
  'order.rejected': 'assay.trade.order.rejected.v1',
  'risk.halted': 'assay.trade.risk.halted.v1',
} as const;

export type EventType = keyof typeof EVENT_SUBJECTS;

export interface StrategyChanged {
  strategy_id: string;
  owner_id: string;
  name: string;
  revision: number;
  config_hash: string;
  status: string;
}

/** One Strategy JSON per symbol, as content-addressed bytes. */
export interface StrategyJsonRef {
  symbol: string;
  uri: string;
  sha256: string;
}

export interface StrategyPromoted {
  strategy_id: string;
  owner_id: string;
  name: string;
  revision: number;
  config_hash: string;
  artifact_sha256: string | null;
  policy: PolicyName;
  /** CAGR of the scored backtest. */
  expected_return: number | null;
  sharpe: number | null;
  max_drawdown: number | null;
  turnover: number | null;
  /** Lowest deflated Sharpe probability over the CPCV paths. */
  confidence: number | null;
  evidence: PromotionEvidence;
  strategy_json: StrategyJsonRef[];
}

export interface StrategyDemoted {
  strategy_id: string;
  owner_id: string;
  revision: number;
  reason: string;
}

export interface ModelTrained {
  model_id: string;
  owner_id: string;
  strategy_id: string | null;
  revision: number;
  artifact_sha256: string;
}

export interface BacktestCompleted {
  backtest_id: string;
  strategy_id: string;
  owner_id: string;
  revision: number;
  sharpe: number | null;
}

export interface ValidationCompleted {
  validation_id: string;
  strategy_id: string;
  owner_id: string;
  revision: number;
  kind: 'walk_forward' | 'cpcv';
  validated_under: PolicyName[];
}

export interface DeploymentChanged {
  deployment_id: string;
  strategy_id: string;
  owner_id: string;
  paper: boolean;
  reason: string | null;
}

export interface OrderChanged {
  deployment_id: string;
  owner_id: string;
  client_order_id: string;
  symbol: string;
  side: 'BUY' | 'SELL';
  qty: string;
  state: string;
  price: string | null;
  reason: string | null;
}

export interface RiskHalted {
  account_id: string;
  owner_id: string;
  trading_state: 'REDUCING' | 'HALTED';
  reason: string;
}

/** Payload of each event type. */
export interface EventData {
  'strategy.created': StrategyChanged;
  'strategy.updated': StrategyChanged;
  'strategy.promoted': StrategyPromoted;
  'strategy.demoted': StrategyDemoted;
  'strategy.archived': StrategyChanged;
  'model.trained': ModelTrained;
  'backtest.completed': BacktestCompleted;
  'validation.completed': ValidationCompleted;
  'deployment.started': DeploymentChanged;
  'deployment.stopped': DeploymentChanged;
  'deployment.paused': DeploymentChanged;
  'order.placed': OrderChanged;
  'order.filled': OrderChanged;
  'order.rejected': OrderChanged;
  'risk.halted': RiskHalted;
}
