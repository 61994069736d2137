import { cloudEvent, type CloudEvent } from './cloud-event';
import { policyName, promotionEvidence } from './evidence';
import { signedPromotion } from './evidence-record';
import { open } from './schema/objects';
import { figure, revision, uuid } from './schema/texts';
import { WireDocument, type Stated, type Zod } from './schema/wire-document';

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

const strategyChanged = (z: Zod) =>
  open(z, {
    strategy_id: uuid(z),
    owner_id: uuid(z),
    name: z.string(),
    revision: revision(z),
    config_hash: z.string(),
    status: z.string(),
  });

/** One Strategy JSON per symbol, as content-addressed bytes. */
const strategyJsonRef = (z: Zod) => open(z, { symbol: z.string(), uri: z.string(), sha256: z.string() });
export type StrategyJsonRef = Stated<typeof strategyJsonRef>;

const strategyPromoted = (z: Zod) =>
  open(z, {
    strategy_id: uuid(z),
    owner_id: uuid(z),
    name: z.string(),
    revision: revision(z),
    config_hash: z.string(),
    artifact_sha256: z.string().nullable(),
    policy: policyName(z),
    expected_return: figure(z).meta({ description: 'CAGR of the scored backtest' }),
    sharpe: figure(z),
    max_drawdown: figure(z),
    turnover: figure(z),
    confidence: figure(z).meta({ description: 'lowest deflated Sharpe probability over the CPCV paths' }),
    evidence: promotionEvidence(z),
    /** Signed by the installation that promoted; events from before there were signatures have none. */
    attestation: signedPromotion(z).optional(),
    strategy_json: z.array(strategyJsonRef(z)),
  });
export type StrategyPromoted = Stated<typeof strategyPromoted>;

const strategyDemoted = (z: Zod) =>
  open(z, { strategy_id: uuid(z), owner_id: uuid(z), revision: revision(z), reason: z.string() });
export type StrategyDemoted = Stated<typeof strategyDemoted>;

const modelTrained = (z: Zod) =>
  open(z, {
    model_id: uuid(z),
    owner_id: uuid(z),
    strategy_id: uuid(z).nullable(),
    revision: revision(z),
    artifact_sha256: z.string(),
  });

const backtestCompleted = (z: Zod) =>
  open(z, {
    backtest_id: uuid(z),
    strategy_id: uuid(z),
    owner_id: uuid(z),
    revision: revision(z),
    sharpe: figure(z),
  });

const validationCompleted = (z: Zod) =>
  open(z, {
    validation_id: uuid(z),
    strategy_id: uuid(z),
    owner_id: uuid(z),
    revision: revision(z),
    kind: z.enum(['walk_forward', 'cpcv']),
    validated_under: z.array(policyName(z)),
  });

const deploymentChanged = (z: Zod) =>
  open(z, {
    deployment_id: uuid(z),
    strategy_id: uuid(z),
    owner_id: uuid(z),
    paper: z.boolean(),
    reason: z.string().nullable(),
  });

const orderChanged = (z: Zod) =>
  open(z, {
    deployment_id: uuid(z),
    owner_id: uuid(z),
    client_order_id: z.string(),
    symbol: z.string(),
    side: z.enum(['BUY', 'SELL']),
    qty: z.string(),
    state: z.string(),
    price: z.string().nullable(),
    reason: z.string().nullable(),
  });

const riskHalted = (z: Zod) =>
  open(z, {
    account_id: uuid(z),
    owner_id: uuid(z),
    trading_state: z.enum(['REDUCING', 'HALTED']),
    reason: z.string(),
  });

/** What each event type carries. */
const EVENT_DATA = {
  'strategy.created': strategyChanged,
  'strategy.updated': strategyChanged,
  'strategy.promoted': strategyPromoted,
  'strategy.demoted': strategyDemoted,
  'strategy.archived': strategyChanged,
  'model.trained': modelTrained,
  'backtest.completed': backtestCompleted,
  'validation.completed': validationCompleted,
  'deployment.started': deploymentChanged,
  'deployment.stopped': deploymentChanged,
  'deployment.paused': deploymentChanged,
  'order.placed': orderChanged,
  'order.filled': orderChanged,
  'order.rejected': orderChanged,
  'risk.halted': riskHalted,
} as const satisfies Record<EventType, unknown>;

export type EventData = { [T in EventType]: Stated<(typeof EVENT_DATA)[T]> };
export type EventOf<T extends EventType> = CloudEvent<EventData[T]>;

const EVENTS = new Map(
  (Object.keys(EVENT_SUBJECTS) as EventType[]).map((type) => [
    EVENT_SUBJECTS[type] as string,
    new WireDocument(`urn:assay:schema:event:${type}:v1`, (z) => cloudEvent(z, z.literal(type), EVENT_DATA[type](z))),
  ]),
);

/** What travels on a subject. @throws Error for a subject of no event */
export function eventDocument(subject: string): WireDocument<ReturnType<typeof cloudEvent>> {
  const document = EVENTS.get(subject);
  if (!document) throw new Error(`no event has the subject ${subject}`);
  return document;
}
