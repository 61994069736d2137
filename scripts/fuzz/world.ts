import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random';
import { barsCsv, RULE_IDENTITY, rulesOn, strategyDocument } from './samples';

/** Stands in every name of what belongs to the other user: nobody else may ever read it. */
export const OTHERS_MARK = 'belongs-to-somebody-else';

export type Urls = Record<'research' | 'trade' | 'portfolio', string>;
type Json = Record<string, unknown>;

export interface Actors {
  owner: string;
  other: string;
  viewer: string;
  admin: string;
}

/** Ids that exist, by what they are of; `others` belong to somebody else. */
export class KnownThings {
  private readonly own = new Map<string, string[]>();
  private readonly others = new Map<string, string[]>();

  add(kind: string, id: unknown, other = false): string {
    const known = other ? this.others : this.own;
    known.set(kind, [...(known.get(kind) ?? []), String(id)].slice(-40));
    return String(id);
  }

  pick(kind: string, random: Random): string | undefined {
    const known = (random.chance(0.15) ? this.others : this.own).get(kind);
    return known && random.pick(known);
  }

  /** Every id that nobody but its owner may learn anything of. */
  othersIds(): string[] {
    return [...this.others.values()].flat();
  }
}

const call =
  (key: string) =>
  async (method: string, url: string, body?: unknown): Promise<Json> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };

/** Users with keys, and for each of two some of everything that can be asked for. */
export async function buildWorld(urls: Urls, adminKey: string): Promise<{ actors: Actors; things: KnownThings }> {
  const admin = call(adminKey);
  const keyOf = async (username: string, role: string): Promise<string> => {
    const user = await admin('POST', `${urls.research}/auth/users`, { username, role });
    const made = await admin('POST', `${urls.research}/auth/keys`, { name: 'fuzz', user_id: user.id });
    return String(made.key);
  };
  const actors: Actors = {
    owner: await keyOf('owner', 'trader'),
    other: await keyOf('other', 'trader'),
    viewer: await keyOf('viewer', 'viewer'),
    admin: adminKey,
  };
  const things = new KnownThings();
  await call(adminKey)('POST', `${urls.research}/data/import`, {
    ...{ source: 'fuzz', symbol: 'FUZZ', timeframe: '1d', market: 'US', format: 'csv', adjust: 'none' },
    content: barsCsv(),
  });
  for (const who of ['owner', 'other'] as const) await furnish(urls, call(actors[who]), things, who === 'other');
  return { actors, things };
}

async function furnish(urls: Urls, send: ReturnType<typeof call>, things: KnownThings, other: boolean): Promise<void> {
  const { research: r, trade: t } = urls;
  const named = (name: string): string => (other ? `${name} ${OTHERS_MARK}` : name);
  const add = (kind: string, id: unknown): string => things.add(kind, id, other);
  const feature = await send('POST', `${r}/features`, { name: 'sma_20', plugin: 'sma', params: { window: 20 } });
  const featureId = add('features', feature.id);
  const rules = { name: named('rules'), rule_tree: rulesOn('sma_20'), position_mode: 'long_only' };
  const signalId = add('signals', (await send('POST', `${r}/signals`, rules)).id);
  add(
    'models',
    (await send('POST', `${r}/models`, { name: named('m'), kind: 'logistic', feature_ids: [featureId] })).id,
  );
  const draft = { name: named('drafted'), universe: ['FUZZ'], source: 'fuzz', timeframe: '1d', pipeline_config: {} };
  const drafted = await send('POST', `${r}/strategies`, draft);
  const parts = { version: 1, feature_ids: [featureId], model_id: RULE_IDENTITY, signal_logic_id: signalId };
  await send('PATCH', `${r}/strategies/${add('strategies', drafted.id)}`, parts);
  const imported = await send('POST', `${r}/strategies/import`, {
    ...strategyDocument(named('imported')),
    source: 'fuzz',
  });
  const strategyId = add('strategies', imported.id);
  const backtest = await send('POST', `${r}/backtests`, { strategy_id: strategyId, engine: 'vectorized' });
  const job = await send('POST', `${r}/backtests/${add('backtests', backtest.id)}/execute`);
  await ended(send, `${r}/jobs/${add('jobs', job.job_id)}`);
  const tried = (await send('GET', `${r}/experiments`)).items as Json[];
  for (const { id } of tried) add('experiments', id);
  const quality = await send('GET', `${r}/data/quality?symbol=FUZZ&timeframe=1d&source=fuzz`);
  things.add('quality', quality.id);
  const traded = await send('POST', `${t}/strategies`, strategyDocument(named('traded')));
  const tradedId = add('trade-strategies', traded.strategy_id);
  const account = await send('POST', `${t}/accounts`, { name: named('account'), broker: 'PAPER' });
  const accountId = add('accounts', account.account_id);
  const deployment = await send('POST', `${t}/deployments`, {
    ...{
      strategy_id: tradedId,
      portfolio: named('p'),
      user: 'u',
      broker: 'PAPER',
      ticker: 'FUZZ',
      qty: '1',
      paper: true,
    },
    account_id: accountId,
  });
  add('deployments', deployment.deployment_id);
}

const LONGEST_JOB_MS = 60_000;

async function ended(send: ReturnType<typeof call>, url: string): Promise<void> {
  const deadline = Date.now() + LONGEST_JOB_MS;
  for (;;) {
    const { state, error } = await send('GET', url);
    if (state === 'completed') return;
    if (state === 'failed' || Date.now() > deadline)
      throw new Error(`the job of ${url} is ${String(state)}: ${JSON.stringify(error)}`);
    await sleep(100);
  }
}
