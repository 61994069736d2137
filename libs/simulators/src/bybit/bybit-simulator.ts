import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instrumentWire, type BybitCategory, type BybitInstrument } from './bybit-instruments';
import { isInterval, klineList, type BybitCandle } from './bybit-klines';

export interface BybitSeries {
  category: BybitCategory;
  symbol: string;
  /** Venue interval: minutes as text, or D. */
  interval: string;
  /** Oldest first. */
  candles: readonly BybitCandle[];
}

export interface BybitSimulatorOptions {
  instruments: readonly BybitInstrument[];
  series: readonly BybitSeries[];
  nowMs: () => number;
}

/** How the next requests of a path fail: an HTTP status, or a venue code inside a 200. */
export interface BybitFault {
  path: string;
  times: number;
  httpStatus?: number;
  retCode?: number;
  retMsg?: string;
}

export interface BybitSimulator {
  /** Base URL on loopback. */
  readonly url: string;
  /** Path and query of every request so far. */
  readonly requests: string[];
  fail(fault: BybitFault): void;
  close(): Promise<void>;
}

interface Answer {
  retCode: number;
  retMsg: string;
  result: Record<string, unknown>;
}

const good = (result: Record<string, unknown>): Answer => ({ retCode: 0, retMsg: 'OK', result });
const bad = (retCode: number, retMsg: string): Answer => ({ retCode, retMsg, result: {} });
/** The venue's code for a parameter it cannot take. */
const INVALID_PARAMETER = 10001;

function answer(options: BybitSimulatorOptions, path: string, query: URLSearchParams): Answer | null {
  const nowMs = options.nowMs();
  if (path === '/v5/market/time') {
    return good({ timeSecond: String(Math.floor(nowMs / 1000)), timeNano: `${nowMs}000000` });
  }
  const category = query.get('category') ?? '';
  if (path === '/v5/market/instruments-info') {
    const symbol = query.get('symbol');
    const preLaunch = query.get('status') === 'PreLaunch';
    const list = options.instruments
      .filter((i) => i.category === category && !preLaunch && (symbol === null || i.symbol === symbol))
      .map(instrumentWire);
    return good(category === 'spot' ? { category, list } : { category, list, nextPageCursor: '' });
  }
  if (path === '/v5/market/kline') {
    const interval = query.get('interval') ?? '';
    const symbol = query.get('symbol') ?? '';
    if (!isInterval(interval)) return bad(INVALID_PARAMETER, 'Invalid period!');
    if (!options.instruments.some((i) => i.category === category && i.symbol === symbol)) {
      return bad(INVALID_PARAMETER, 'params error: symbol invalid');
    }
    const series = options.series.find(
      (s) => s.category === category && s.symbol === symbol && s.interval === interval,
    );
    const number = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
    const asked = { interval, startMs: number('start'), endMs: number('end'), limit: number('limit') };
    return good({ category, symbol, list: klineList(series?.candles ?? [], asked, nowMs) });
  }
  return null;
}

/** Public market endpoints of Bybit v5 over HTTP on a free loopback port, enough for ccxt's loadMarkets and fetchOHLCV. */
export async function startBybitSimulator(options: BybitSimulatorOptions): Promise<BybitSimulator> {
  const requests: string[] = [];
  const faults: BybitFault[] = [];
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    requests.push(request.url ?? '/');
    const fault = faults.find(({ path, times }) => path === url.pathname && times > 0);
    if (fault) fault.times -= 1;
    const reply =
      fault?.retCode === undefined
        ? answer(options, url.pathname, url.searchParams)
        : bad(fault.retCode, fault.retMsg ?? '');
    const status = fault?.httpStatus ?? (reply === null ? 404 : 200);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ ...(reply ?? bad(-1, 'not found')), retExtInfo: {}, time: options.nowMs() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (fault) => void faults.push({ ...fault }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
