import type { TimeFormat } from '@assay/contracts';
import type { HttpTemplate } from './presets';

export interface TemplateValues {
  symbol: string;
  /** First and last open time that is wanted, UTC milliseconds. */
  fromMs: number;
  lastMs: number;
  key: string | null;
}

function timeText(timeMs: number, format: TimeFormat): string {
  const iso = new Date(timeMs).toISOString();
  switch (format) {
    case 'date':
      return iso.slice(0, 10);
    case 'yyyymmdd':
      return iso.slice(0, 10).replaceAll('-', '');
    case 'iso':
      return iso;
    case 'unix':
      return String(Math.floor(timeMs / 1000));
    case 'unix_ms':
      return String(timeMs);
  }
}

/** Address and headers of one request; every value is escaped, so that none can change the address. */
export function fillTemplate(
  template: HttpTemplate,
  { symbol, fromMs, lastMs, key }: TemplateValues,
): { url: URL; headers: Record<string, string> } {
  const { url, headers, timeFormat, timeframeText } = template;
  const values: Record<string, string> = {
    symbol,
    from: timeText(fromMs, timeFormat),
    to: timeText(lastMs, timeFormat),
    timeframe: timeframeText,
    key: key ?? '',
  };
  const filled = url.replace(/\{([a-z]+)\}/g, (_, name: string) => encodeURIComponent(values[name]));
  const withKey = Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{key}', values.key)]);
  return { url: new URL(filled), headers: Object.fromEntries(withKey) as Record<string, string> };
}
