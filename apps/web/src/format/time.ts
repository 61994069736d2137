import { NONE } from './number';

/** Time zones of the markets, as the calendars of the product have them. */
export const MARKET_ZONES = {
  US: 'America/New_York',
  HK: 'Asia/Hong_Kong',
  GB: 'Europe/London',
  DE: 'Europe/Berlin',
  EU: 'Europe/Paris',
  JP: 'Asia/Tokyo',
  CME: 'America/Chicago',
  FX: 'America/New_York',
  CRYPTO: 'UTC',
} as const;
export type Market = keyof typeof MARKET_ZONES;

let ownZone: string | undefined;

/** Asked for once: making a format of dates takes longer than drawing a row of a table. */
export const userZone = (): string => (ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);

/** How much of a time is shown: `date` for daily bars, `minute` for intraday ones. */
export type TimeDetail = 'date' | 'minute' | 'second';

const PARTS = {
  date: {},
  minute: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** One format for a zone and what is shown, kept: there are some dozens at most. */
function formatOf(zone: string, detail: TimeDetail, named: boolean): Intl.DateTimeFormat {
  const key = `${zone} ${detail} ${named}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hourCycle: 'h23',
    ...PARTS[detail],
    ...(named ? { timeZoneName: 'short' } : {}),
  });
  formats.set(key, made);
  return made;
}

/** `2024-05-17 16:00` on the wall of a zone; the zone's short name where asked for. */
export function formatTime(
  time: string | number | null | undefined,
  { zone = userZone(), detail = 'minute', named = false }: { zone?: string; detail?: TimeDetail; named?: boolean } = {},
): string {
  if (time === null || time === undefined) return NONE;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return NONE;
  const parts = formatOf(zone, detail, named).formatToParts(date);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const clock =
    detail === 'date' ? '' : ` ${part('hour')}:${part('minute')}${detail === 'second' ? `:${part('second')}` : ''}`;
  return `${day}${clock}${named ? ` ${part('timeZoneName')}` : ''}`;
}

const STEPS: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** `2 d 3 h`, `4 min 10 s`, `0.4 s`: the two largest units. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NONE;
  if (ms < 1000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  const first = STEPS.findIndex(([size]) => ms >= size);
  const words: string[] = [];
  let left = ms;
  for (const [size, unit] of STEPS.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.join(' ');
}

/** `in 3 h`, `2 d ago`; under a minute `now`. */
export function formatDistance(time: string | number, now: number): string {
  const ms = new Date(time).getTime() - now;
  if (Math.abs(ms) < 60_000) return 'now';
  const [size, unit] = STEPS.find(([step]) => Math.abs(ms) >= step) ?? STEPS[2]!;
  const count = Math.floor(Math.abs(ms) / size);
  return ms > 0 ? `in ${count} ${unit}` : `${count} ${unit} ago`;
}
