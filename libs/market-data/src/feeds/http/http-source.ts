import type { MarketCode } from '@assay/contracts';
import type { BarColumns, MarketDataSource, SourceQuery } from '@assay/domain';
import { DAY_MS, isDomainError, refuse } from '@assay/primitives';
import { barsBetween } from '../bars-between';
import { readClosed } from '../read-closed';
import { jsonToCsv } from './json-rows';
import { pacedGet, type HostPace } from './paced-get';
import { addressWithoutPlaces, type HttpTemplate } from './presets';
import { addressOf, redact } from './redact';
import { fillTemplate } from './template-url';

export interface HttpSourceOptions extends HostPace {
  template: HttpTemplate;
  market: MarketCode;
  key: string | null;
  privateHosts: readonly string[];
  nowMs: () => number;
}

const SHOWN_CHARACTERS = 200;

/** Bars that a source gives over HTTP as CSV or JSON, by a template of its address. */
export class HttpSource implements MarketDataSource {
  constructor(private readonly options: HttpSourceOptions) {}

  async *getBars({ symbol, timeframe, fromMs, toMs, signal }: SourceQuery): AsyncGenerator<BarColumns> {
    const { template, market, key, privateHosts, nowMs } = this.options;
    if (key === null && needsKey(template)) {
      const env = template.keyVariable === null ? '' : ` or ${template.keyVariable} in the environment`;
      throw refuse('unavailable', `${addressWithoutPlaces(template.url).host} needs a key: state api_key${env}`);
    }
    const windowMs = hasRange(template) && template.windowDays !== null ? template.windowDays * DAY_MS : toMs - fromMs;
    for (let from = fromMs; from < toMs; from += windowMs) {
      const to = Math.min(from + windowMs, toMs);
      const { url, headers } = fillTemplate(template, { symbol, fromMs: from, lastMs: to - 1, key });
      const secrets = key === null ? [] : [key];
      const request = { url, headers, secrets, privateHosts, signal };
      const { body } = await pacedGet(request, template.intervalMs, this.options);
      const zone = template.zone ?? undefined;
      const read = { symbol, source: url.host, timeframe, market, zone, nowMs: nowMs() };
      const bars = await this.read(url, body, read);
      if (bars !== null) yield barsBetween(bars, from, to);
    }
  }

  private async read(url: URL, body: Buffer, options: Parameters<typeof readClosed>[1]): Promise<BarColumns | null> {
    const { format, items, columns } = this.options.template;
    const secrets = this.options.key === null ? [] : [this.options.key];
    const head = body.toString('utf8', 0, 4 * SHOWN_CHARACTERS).trim();
    try {
      if (format === 'json') return await readClosed(jsonToCsv(body.toString('utf8'), items, columns!), options);
      if (isEmptyCsv(head, body.length)) return null;
      if (/^[{<]/.test(head)) throw refuse('unavailable', 'answered no CSV');
      return await readClosed(body, options);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const says = redact(head, secrets).replace(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS);
      throw refuse('unavailable', `${addressOf(url)}: ${redact(error.message, secrets)}; it answered: ${says}`);
    }
  }
}

const needsKey = ({ url, headers }: HttpTemplate): boolean =>
  [url, ...Object.values(headers)].some((text) => text.includes('{key}'));

const hasRange = ({ url }: HttpTemplate): boolean => url.includes('{from}');

/** Nothing, a header alone, or the sentence by which a source says that it has none. */
const isEmptyCsv = (head: string, bytes: number): boolean =>
  bytes < 4 * SHOWN_CHARACTERS && (!head.includes('\n') || /^no data/i.test(head)) && !/^[{<]/.test(head);
