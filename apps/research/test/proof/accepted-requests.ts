import { inTurn } from '@assay/persistence';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AVERAGE_RULES, backtest, type ResearchClient, seedRuleStrategy } from '../research-harness';

const EXAMPLE = readFileSync(join(__dirname, '../../../../docs/examples/direction.onnx'));
const LABEL = { kind: 'forward_return_sign', horizon: 1 };
/** Inputs of the example. */
const INPUTS = [
  { name: 'momentum_5', plugin: 'momentum', params: { window: 5 } },
  { name: 'rsi_14', plugin: 'rsi', params: { window: 14 } },
  { name: 'vol_21', plugin: 'realised_volatility', params: { window: 21 } },
];
const SERIES = { source: 'test', timeframe: '1d' };

/** A strategy, and what its owner has beside it that requests can name. */
export interface Subject {
  api: ResearchClient;
  /** Has the bars of what its owner makes anew. */
  symbol: string;
  id: string;
  featureId: string;
  signalId: string;
  modelId: string;
  backtestId: string;
  otherBacktestId: string;
  /** A strategy with the model. */
  learnedId: string;
  /** A strategy on bars that nothing has seen. */
  keptId: string;
  sweepJobId: string;
  experimentId: string;
}

const RISES = {
  groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.5 }] }],
};

/** A strategy that is a draft with every part attached, on bars that are stored, and the rest. */
export async function subjectOn(api: ResearchClient, symbol: string, keptSymbol: string): Promise<Subject> {
  const { id } = await seedRuleStrategy(api, symbol);
  const { id: keptId } = await seedRuleStrategy(api, keptSymbol);
  const { id: otherId, featureId, signalId } = await seedRuleStrategy(api, symbol, 30);
  const [first, second] = [await backtest(api, otherId), await backtest(api, otherId)];
  const params = [{ path: 'costs.fee_bps', values: [4, 6] }];
  const { job_id: sweepJobId } = await api.ok('POST', '/backtests/sweep', { strategy_id: otherId, params });
  await api.ended(sweepJobId);
  const parts = { name: 'm', kind: 'logistic', feature_ids: [featureId], label: LABEL };
  const { id: modelId } = await api.ok('POST', '/models', parts);
  const rules = { name: 'rises', rule_tree: RISES, position_mode: 'long_only' };
  const { id: risesId } = await api.ok('POST', '/signals', rules);
  const { id: learnedId } = await api.ok('POST', '/strategies', strategyOn(symbol));
  const attached = { version: 1, feature_ids: [featureId], model_id: modelId, signal_logic_id: risesId };
  await api.ok('PATCH', `/strategies/${learnedId}`, attached);
  const [{ id: experimentId }] = (await api.ok('GET', '/experiments')).items;
  return {
    ...{ api, symbol, id, keptId, learnedId, featureId, signalId, modelId, sweepJobId, experimentId },
    ...{ backtestId: first.id, otherBacktestId: second.id },
  };
}

const strategyOn = (symbol: string): object => ({
  ...{ name: 'draft', universe: [symbol], ...SERIES },
  pipeline_config: { costs: { fee_bps: 5 } },
});

export interface AcceptedRequest {
  /** In place of those of the subject. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  contentType?: string;
}

type Made = (subject: Subject) => AcceptedRequest | Promise<AcceptedRequest>;

const versionOf = async ({ api }: Subject, path: string): Promise<number> => (await api.ok('GET', path)).version;
/** A request about another thing, made for this alone. */
const anew =
  (path: string, body: (subject: Subject) => object, more: AcceptedRequest = {}): Made =>
  async (subject) => ({ ...more, params: { id: (await subject.api.ok('POST', path, body(subject))).id } });

const feature = (): object => ({ name: 'sma_9', plugin: 'sma', params: { window: 9 } });
const signal = (): object => ({ name: 's', rule_tree: AVERAGE_RULES('sma_9'), position_mode: 'long_only' });
const model = ({ featureId }: Subject): object => ({ name: 'm', kind: 'logistic', feature_ids: [featureId] });
const strategy = ({ symbol }: Subject): object => strategyOn(symbol);
const pending = ({ id }: Subject): object => ({ strategy_id: id });
const stretch = ({ symbol }: Subject): object => ({ ...SERIES, symbol, end: '2011-06-30' });

/** The id of a job that no worker of research takes: a feed is asked by one of trade. */
async function waitingJob(api: ResearchClient): Promise<string> {
  const feed = { kind: 'folder', path: 'feeds/{symbol}.csv' };
  const about = { symbol: `FED${(jobs += 1)}`, timeframe: '1d', market: 'US', feed };
  const { id } = await api.ok('POST', '/data/subscriptions', about);
  return (await api.ok('POST', `/data/subscriptions/${id}/refresh`)).job_id;
}
let jobs = 0;

/** A right request to each route that writes anything of strategies, what they are made of, and what is found about them. */
export const ACCEPTED_REQUESTS: Readonly<Record<string, Made>> = {
  'PUT /api/annotations/{kind}/{id}': async ({ api, id }) => {
    const { version } = (await api.send('GET', `/annotations/strategy/${id}`)).body;
    return { body: { note: 'holds up', tags: ['validated', 'promoted'], ...(version ? { version } : {}) } };
  },
  'DELETE /api/annotations/{kind}/{id}': async ({ api, id }) => {
    await api.send('PUT', `/annotations/strategy/${id}`, { note: 'x' });
    return {};
  },
  'POST /api/strategies': (subject) => ({ body: strategy(subject) }),
  'POST /api/strategies/import': async ({ api, id }) => {
    const { strategy_id: _, ...document } = await api.ok('GET', `/strategies/${id}/export`);
    return { body: { ...document, source: 'test' } };
  },
  'PATCH /api/strategies/{id}': async (subject) => ({
    body: {
      ...{ version: await versionOf(subject, `/strategies/${subject.id}`), name: 'renamed' },
      pipeline_config: { costs: { fee_bps: 6 } },
    },
  }),
  'DELETE /api/strategies/{id}': anew('/strategies', strategy),
  'POST /api/strategies/{id}/archive': anew('/strategies', strategy, { body: { reason: 'over' } }),
  'POST /api/strategies/{id}/clone': () => ({ body: { name: 'clone' } }),
  'POST /api/strategies/{id}/demote': () => ({ body: { reason: 'drifts' } }),
  'POST /api/strategies/{id}/promote': () => ({ body: { policy: 'default' } }),
  'POST /api/strategies/{id}/holdout': ({ keptId }) => ({
    ...{ params: { id: keptId }, body: { from: '2012-06-01', reason: 'kept aside' } },
  }),
  'POST /api/strategies/{id}/holdout/look': ({ keptId }) => ({ params: { id: keptId }, body: {} }),
  'POST /api/signals': () => ({ body: signal() }),
  'POST /api/signals/validate-rule-tree': () => ({
    body: { rule_tree: AVERAGE_RULES('open'), sample: [{ close: 1, open: 2 }] },
  }),
  'POST /api/signals/generate': ({ id }) => ({ body: { strategy_id: id } }),
  'POST /api/signals/explain': ({ id }) => ({ body: { strategy_id: id } }),
  'PATCH /api/signals/{id}': async (subject) => ({
    body: { version: await versionOf(subject, `/signals/${subject.signalId}`), name: 'renamed' },
  }),
  'DELETE /api/signals/{id}': anew('/signals', signal),
  'POST /api/features': () => ({ body: feature() }),
  'PATCH /api/features/{id}': async (subject) => ({
    body: { version: await versionOf(subject, `/features/${subject.featureId}`), params: { window: 31 } },
  }),
  'DELETE /api/features/{id}': anew('/features', feature),
  'POST /api/features/{id}/generate': (subject) => ({ body: stretch(subject) }),
  'POST /api/models': (subject) => ({ body: model(subject) }),
  'PATCH /api/models/{id}': async (subject) => ({
    body: { version: await versionOf(subject, `/models/${subject.modelId}`), name: 'renamed' },
  }),
  'DELETE /api/models/{id}': anew('/models', model),
  'POST /api/models/{id}/train': (subject) => ({ body: stretch(subject) }),
  'POST /api/models/{id}/tune': ({ learnedId }) => ({ body: { strategy_id: learnedId, l2: [1, 10] } }),
  'POST /api/models/{id}/import': async ({ api, symbol }) => {
    const feature_ids = await inTurn(INPUTS, async (one) => (await api.ok('POST', '/features', one)).id);
    const { id } = await api.ok('POST', '/models', { name: 'o', kind: 'onnx', label: LABEL, feature_ids });
    const stated = { ...SERIES, symbol, train_start: '2010-06-01', train_end: '2011-06-30' };
    return { params: { id }, query: stated, body: EXAMPLE, contentType: 'application/octet-stream' };
  },
  'POST /api/backtests': ({ id }) => ({ body: { strategy_id: id } }),
  'POST /api/backtests/compare': ({ backtestId, otherBacktestId }) => ({
    body: { backtest_ids: [backtestId, otherBacktestId] },
  }),
  'POST /api/backtests/sweep': ({ id }) => ({
    body: { strategy_id: id, params: [{ path: 'costs.fee_bps', values: [4, 6] }] },
  }),
  'POST /api/backtests/sweeps/{job_id}/strategies': () => ({ body: { cell: 0 } }),
  'DELETE /api/backtests/{id}': anew('/backtests', pending),
  'POST /api/backtests/{id}/execute': anew('/backtests', pending),
  'POST /api/backtests/{id}/rerun': () => ({}),
  'POST /api/validation/walk-forward': ({ id }) => ({ body: { strategy_id: id } }),
  'POST /api/validation/cpcv': ({ id }) => ({ body: { strategy_id: id } }),
  'POST /api/experiments/outside': ({ id }) => ({ body: { strategy_id: id, trials: 7, reason: 'on paper' } }),
  'POST /api/jobs/{id}/cancel': async ({ api }) => ({ params: { id: await waitingJob(api) } }),
  'POST /api/jobs/{id}/retry': async ({ api }) => {
    const id = await waitingJob(api);
    await api.ok('POST', `/jobs/${id}/cancel`);
    await api.ended(id);
    return { params: { id } };
  },
  'POST /api/evidence/keys/rotate': () => ({}),
};
