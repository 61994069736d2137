import { isStorableText } from '@assay/contracts';
import { hasYear, invalid, timeText, type FieldProblem } from '@assay/primitives';
import { ZoneClock } from '../files/cells/zone-clock';
import { refuseRepairs } from '../files/read-bars-text';
import { ReadNotes, RepairList, type ReadNote } from '../files/read-note';
import type { ReadOptions } from '../files/read-options';
import { utf8Of } from '../files/unwrap/encoding';
import { looksLikeJson } from '../files/unwrap/json-text';
import { unwrap } from '../files/unwrap/unwrap';
import { feedNews } from './feed-news';
import { htmlToText, plainText } from './html-text';
import { newsTimeOf, type NewsTime } from './news-time';
import type { Markup, NewsItem, RawNews } from './news-item';
import { csvNews, jsonNews } from './table-news';

/** What is known about a file of news beside its bytes; most fields are those of a file of bars. */
export interface NewsReadOptions extends Pick<
  ReadOptions,
  'name' | 'zone' | 'columns' | 'skipBad' | 'strict' | 'mostBytes'
> {
  /** Of news that names none itself. */
  symbols?: readonly string[];
}

export interface ReadNews {
  /** Each piece once, in the order of the file. */
  items: NewsItem[];
  recognised: ReadNote[];
  repairs: ReadNote[];
}

const MOST = { headline: 1000, summary: 10_000, url: 2048, symbol: 64, symbols: 100 } as const;
const MOST_PROBLEMS = 20;

/**
 * News of a file: CSV with a header, JSON, RSS or Atom, plain or in gzip or zip. Texts are stripped of HTML, summaries cut
 * to 10,000 characters. A piece is known from its `available_at` or its last change on, otherwise from when it was
 * published; a date alone from its end. Needs nothing but its arguments.
 * @throws DomainError `validation_failed` with line or item, field, rule and value (the first 20 problems)
 */
export function readNews(input: Uint8Array, options: NewsReadOptions = {}): ReadNews {
  const notes = new ReadNotes();
  if (options.zone !== undefined && !ZoneClock.isZone(options.zone)) {
    const message = `zone must be an IANA time zone such as Asia/Hong_Kong, was ${options.zone}`;
    throw invalid([{ field: 'zone', rule: 'time_zone', value: options.zone, message }]);
  }
  const opened = unwrap(input, { ...options, markup: true }, notes);
  if (opened.kind !== 'text') {
    const message = `content must be CSV, JSON, RSS or Atom, was ${opened.kind}`;
    throw invalid([{ field: 'content', rule: 'text', value: opened.kind, message }]);
  }
  const bytes = utf8Of(opened.bytes, notes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const isXml = /^\s*</.test(text);
  const isTable = !isXml && !looksLikeJson(bytes);
  const raw = isXml ? feedNews(text) : isTable ? csvNews(text, options.columns) : jsonNews(text);
  const reader = new NewsReader(isTable ? 'line' : 'item', options, notes);
  for (const one of raw) reader.read(one);
  const repairs = reader.repairs();
  if (options.strict) refuseRepairs(repairs);
  return { items: reader.items, recognised: notes.recognised, repairs };
}

/** Checks one piece after another. */
class NewsReader {
  readonly items: NewsItem[] = [];
  private readonly problems: FieldProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly clock: ZoneClock | null;
  private readonly bad = new RepairList('bad_rows', (n) => `${n} pieces that broke a rule were left out in all`);
  private readonly repeated = new RepairList(
    'duplicate_rows',
    (n) => `${n} pieces that repeat another were left out in all`,
  );
  private readonly cut = new RepairList('cut', (n) => `${n} summaries were cut in all`);

  constructor(
    private readonly place: 'line' | 'item',
    private readonly options: NewsReadOptions,
    private readonly notes: ReadNotes,
  ) {
    this.clock = options.zone === undefined ? null : new ZoneClock(options.zone);
  }

  /** @throws DomainError for what is wrong, and where there is no news */
  repairs(): ReadNote[] {
    if (this.problems.length > 0) throw invalid(this.problems);
    const repairs = [...this.bad.all(), ...this.repeated.all(), ...this.cut.all()];
    if (this.items.length > 0) return repairs;
    const message = `the file must have at least 1 piece of news, was 0${repairs[0] ? `: ${repairs[0].message}` : ''}`;
    throw invalid([{ field: 'content', rule: 'min_rows', value: 0, message }]);
  }

  read(raw: RawNews): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const found: FieldProblem[] = [];
    const item = this.itemOf(raw, (name, rule, value, must) => {
      const shown = typeof value === 'string' ? value.slice(0, 80) : value;
      const message = `${this.place} ${raw.at}: ${name} must ${must}, was ${String(shown) || 'empty'}`;
      found.push({ field: `${this.place}s[${raw.at}].${name}`, rule, value: shown, message });
    });
    if (found.length > 0) {
      if (this.options.skipBad) this.bad.add(raw.at, () => `${found[0].message}: left out`);
      else this.problems.push(...found);
      return;
    }
    const key = JSON.stringify(item);
    if (this.seen.has(key)) this.repeated.add(raw.at, () => `${this.place} ${raw.at} repeats another: left out`);
    else {
      this.seen.add(key);
      this.items.push(item);
    }
  }

  private itemOf(raw: RawNews, problem: (name: string, rule: string, value: unknown, must: string) => void): NewsItem {
    const timeOf = (name: string, text: string): NewsTime | null => {
      const time = this.timeOf(text, raw.at);
      if (time === null) problem(name, 'time', text, 'be a time such as 2024-01-31T09:30:00Z');
      return time;
    };
    const published = timeOf('published_at', raw.published);
    const available = raw.available === '' ? published : timeOf('available_at', raw.available);
    const changed = raw.changed === '' ? null : timeOf('updated_at', raw.changed);
    if (published !== null && available !== null && available.endMs < published.beginMs)
      problem(
        'available_at',
        'after_published',
        raw.available,
        `be at or after published_at ${timeText(published.beginMs)}`,
      );
    const headline = this.textOf(raw.headline);
    if (headline.length < 1 || headline.length > MOST.headline)
      problem('headline', 'length', headline, `have 1 to ${MOST.headline} characters`);
    const summary = this.summaryOf(raw);
    const url = plainText(raw.url);
    if (url !== '' && (url.length > MOST.url || !/^https?:\/\//i.test(url) || !URL.canParse(url)))
      problem('url', 'url', url, `be an http address of at most ${MOST.url} characters`);
    const symbols = this.symbolsOf(raw);
    const wrong = symbols.find((symbol) => symbol.length > MOST.symbol);
    if (wrong !== undefined || symbols.length > MOST.symbols)
      problem(
        'symbols',
        'symbols',
        wrong ?? symbols.length,
        `be at most ${MOST.symbols} of at most ${MOST.symbol} characters each`,
      );
    for (const [name, value] of Object.entries({ headline, summary, url, symbols: symbols.join() }))
      if (!isStorableText(value))
        problem(name, 'storable_text', value, 'not contain the character U+0000 or half of a surrogate pair');
    return {
      ...{ symbols, headline, summary: summary || null, url: url || null },
      publishedMs: published?.beginMs ?? NaN,
      // what was changed later is known as it stands from then on only
      availableMs: Math.max(available?.endMs ?? NaN, changed?.endMs ?? -Infinity),
    };
  }

  private timeOf(text: string, at: number): NewsTime | null {
    const time = newsTimeOf(text.trim(), this.clock);
    if (time === null || !hasYear(time.beginMs) || !hasYear(time.endMs)) return null;
    if (time.isWall && this.notes.facts.zone === null) {
      this.notes.facts.zone = this.options.zone ?? 'UTC';
      const how =
        this.clock === null ? 'as UTC: give a zone where they are not' : `by the clocks of ${this.options.zone}`;
      this.notes.recognise('zone', `times state no zone and are read ${how}`, at);
    }
    if (time.beginMs !== time.endMs)
      this.notes.recogniseOnce('available', () => 'times are dates: news is known from the end of its date on', at);
    return time;
  }

  private textOf({ text, isHtml }: Markup): string {
    return isHtml ? htmlToText(text) : plainText(text);
  }

  private summaryOf({ summary, at }: RawNews): string {
    const text = this.textOf(summary);
    if (text.length <= MOST.summary) return text;
    this.cut.add(at, () => `${this.place} ${at}: the summary of ${text.length} characters was cut to ${MOST.summary}`);
    // never half of a surrogate pair
    return text
      .slice(0, MOST.summary)
      .replace(/[\ud800-\udbff]$/, '')
      .trim();
  }

  private symbolsOf({ symbols }: RawNews): string[] {
    const own = symbols.filter((symbol) => symbol !== '');
    return [...new Set(own.length > 0 ? own : (this.options.symbols ?? []))].sort();
  }
}
