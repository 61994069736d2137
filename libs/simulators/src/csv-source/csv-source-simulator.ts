import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DAY_MS } from '@assay/primitives';

/** One bar as a vendor of files comes to have it. Instants are UTC milliseconds. */
export interface SourceBar {
  openMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** When the vendor has it. */
  fromMs: number;
  /** Another close that it has later. */
  corrected?: { fromMs: number; close: number };
}

export interface CsvSourceOptions {
  /** Bars by path, oldest first; daily ones open at 00:00Z of their date. */
  files: Readonly<Record<string, readonly SourceBar[]>>;
  nowMs: () => number;
  /** Answers 503 while it says so. */
  isDown?: (nowMs: number) => boolean;
}

export interface CsvSourceSimulator {
  /** Base URL on loopback. */
  readonly url: string;
  /** Path and query of every request so far. */
  readonly requests: string[];
  /** Leaves the next requests without an answer. */
  hang(times: number): void;
  close(): Promise<void>;
}

const isDaily = (bars: readonly SourceBar[]): boolean => bars.every(({ openMs }) => openMs % DAY_MS === 0);

function csvOf(bars: readonly SourceBar[], nowMs: number, from: number, to: number): string {
  const daily = isDaily(bars);
  const rows = bars
    .filter(({ openMs, fromMs }) => fromMs <= nowMs && openMs >= from && openMs <= to)
    .map(({ openMs, open, high, low, close, volume, corrected }) => {
      const time = new Date(openMs).toISOString();
      const last = corrected && corrected.fromMs <= nowMs ? corrected.close : close;
      const [top, bottom] = [Math.max(high, last), Math.min(low, last)];
      return [daily ? time.slice(0, 10) : time, open, top, bottom, last, volume].join(',');
    });
  return ['Date,Open,High,Low,Close,Volume', ...rows, ''].join('\n');
}

/** A vendor that gives CSV files over HTTP, `from` and `to` (dates, both included) in the query, on a free loopback port. */
export async function startCsvSource(options: CsvSourceOptions): Promise<CsvSourceSimulator> {
  const requests: string[] = [];
  let hanging = 0;
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    requests.push(request.url ?? '/');
    if (hanging > 0) {
      hanging -= 1;
      return;
    }
    const nowMs = options.nowMs();
    const bars = options.files[decodeURIComponent(url.pathname)];
    const date = (name: string, fallback: number): number => Date.parse(url.searchParams.get(name) ?? '') || fallback;
    if (options.isDown?.(nowMs)) response.writeHead(503).end('down for maintenance');
    else if (bars === undefined) response.writeHead(404).end('no such file');
    else {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.end(csvOf(bars, nowMs, date('from', -Infinity), date('to', Infinity) + DAY_MS - 1));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    hang: (times) => void (hanging = times),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
