import createClient, { type Middleware } from 'openapi-fetch';
import { csrfToken } from './csrf';
import type { paths as PortfolioPaths } from './generated/portfolio';
import type { paths as ResearchPaths } from './generated/research';
import type { paths as TradePaths } from './generated/trade';
import { isChange, isSafe } from './methods';
import { problemFrom, unreachable } from './problem';
import { Wishes } from './wishes';

export const wishes = new Wishes();
/** Answers to what was asked to change something. */
const changes = new WeakSet<Response>();

const protect: Middleware = {
  async onRequest({ request }) {
    const token = csrfToken();
    if (token && !isSafe(request)) request.headers.set('x-csrf-token', token);
    if (request.method === 'POST' && isChange(request)) await wishes.name(request);
    return request;
  },
  onResponse({ request, response }) {
    wishes.settle(request, response);
    if (isChange(request)) changes.add(response);
  },
  onError({ request, error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    wishes.settle(request);
    return unreachable(isChange(request));
  },
};

const options = { credentials: 'same-origin', headers: { accept: 'application/json' } } as const;

/** `/api/…`: data, strategies, features, models, signals, backtests, validation. */
export const research = createClient<ResearchPaths>(options);
/** `/api/v1/…`: accounts, deployments, orders, keys, users. */
export const trade = createClient<TradePaths>(options);
/** Target weights over promoted strategies. */
export const portfolio = createClient<PortfolioPaths>({ ...options, baseUrl: '/portfolio' });
for (const client of [research, trade, portfolio]) client.use(protect);

/** The body of an answer. @throws ApiProblem where it is not 2xx, or where none came */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(response.status, error, changes.has(response));
  return data as T;
}
