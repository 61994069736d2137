import { refuse } from '@assay/primitives';
import { newsId, type NewsItem } from '../news/news-item';
import { instantBound } from './instant-bound';
import type { Query } from './series';

/** One stored piece of news. */
export interface StoredNews extends NewsItem {
  /** Hash of its content. */
  id: string;
  source: string;
}

export interface NewsFilter {
  symbol?: string;
  source?: string;
  /** Published at or after, and at or before. UTC milliseconds. */
  fromMs?: number;
  toMs?: number;
  /** Known by then. */
  asOfMs?: number;
}

interface NewsRow {
  id: string;
  source: string;
  symbols: string[];
  headline: string;
  summary: string | null;
  url: string | null;
  published_at: Date;
  available_at: Date;
}

const COLUMNS = 'id, source, symbols, headline, summary, url, published_at, available_at';
const ROWS_PER_INSERT = 2_000;

function newsOf(row: unknown): StoredNews {
  const { published_at, available_at, ...r } = row as NewsRow;
  return { ...r, publishedMs: new Date(published_at).getTime(), availableMs: new Date(available_at).getTime() };
}

/** News in `market.news`; the same piece is stored once, whatever file it comes in. */
export class NewsStore {
  constructor(private readonly query: Query) {}

  /**
   * Adds news; what is stored changes nothing, but for another time since when it is known, which is a correction.
   * @throws DomainError `forbidden` for a correction where `addOnly`
   */
  async import(input: {
    source: string;
    items: readonly NewsItem[];
    nowMs: number;
    addOnly: boolean;
  }): Promise<{ inserted: number; updated: number; unchanged: number }> {
    const { source, items, nowMs, addOnly } = input;
    // of a piece that a file has twice, known at different times, the earlier counts; in one order, so that two imports never wait for each other
    const byId = new Map<string, NewsItem>();
    for (const item of items) {
      const id = newsId(source, item);
      const other = byId.get(id);
      if (other === undefined || item.availableMs < other.availableMs) byId.set(id, item);
    }
    const rows = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
    let [inserted, updated] = [0, 0];
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const written = await this.write(source, rows.slice(from, from + ROWS_PER_INSERT), nowMs);
      inserted += written.inserted;
      updated += written.updated;
    }
    if (updated > 0 && addOnly) throw refuseCorrection(source, updated);
    return { inserted, updated, unchanged: items.length - inserted - updated };
  }

  /** The newest published first, after the one whose id is `cursor`. */
  async page(filter: NewsFilter, limit: number, cursor?: string): Promise<StoredNews[]> {
    const sql = `SELECT ${COLUMNS} FROM market.news
      WHERE ($2::text IS NULL OR (published_at, id) < (SELECT published_at, id FROM market.news WHERE id = $2))
        AND ($3::text IS NULL OR symbols @> ARRAY[$3]) AND ($4::text IS NULL OR source = $4)
        AND published_at >= $5::timestamptz AND published_at <= $6::timestamptz AND available_at <= $7::timestamptz
      ORDER BY published_at DESC, id DESC LIMIT $1`;
    const { symbol, source, fromMs, toMs, asOfMs } = filter;
    const rows = (await this.query(sql, [
      ...[limit, cursor ?? null, symbol ?? null, source ?? null],
      ...[instantBound(fromMs, '-infinity'), instantBound(toMs, 'infinity'), instantBound(asOfMs, 'infinity')],
    ])) as unknown[];
    return rows.map(newsOf);
  }

  /** All that is stored of a symbol, whatever the source where none is named, in an order of no meaning. */
  async of(symbol: string, source?: string): Promise<StoredNews[]> {
    const sql = `SELECT ${COLUMNS} FROM market.news
      WHERE symbols @> ARRAY[$1] AND ($2::text IS NULL OR source = $2)`;
    return ((await this.query(sql, [symbol, source ?? null])) as unknown[]).map(newsOf);
  }

  private async write(
    source: string,
    rows: readonly (readonly [id: string, item: NewsItem])[],
    nowMs: number,
  ): Promise<{ inserted: number; updated: number }> {
    const wire = rows.map(([id, item]) => ({
      ...{ id, symbols: item.symbols, headline: item.headline, summary: item.summary, url: item.url },
      published_at: new Date(item.publishedMs).toISOString(),
      available_at: new Date(item.availableMs).toISOString(),
    }));
    const [counts] = (await this.query(
      `WITH put AS (
        INSERT INTO market.news AS n (id, source, symbols, headline, summary, url, published_at, available_at, created_at)
        SELECT id, $2, symbols, headline, summary, url, published_at, available_at, $3::timestamptz
        FROM jsonb_to_recordset($1::jsonb) AS r(id text, symbols text[], headline text, summary text, url text,
          published_at timestamptz, available_at timestamptz)
        ON CONFLICT (id) DO UPDATE SET available_at = excluded.available_at
        WHERE n.available_at IS DISTINCT FROM excluded.available_at
        RETURNING (xmax = 0) AS fresh)
      SELECT count(*) FILTER (WHERE fresh)::int AS inserted, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM put`,
      [JSON.stringify(wire), source, new Date(nowMs).toISOString()],
    )) as { inserted: number; updated: number }[];
    return counts;
  }
}

function refuseCorrection(source: string, count: number): Error {
  return refuse(
    'forbidden',
    `news from ${source} must keep the time since when it is known, ${count} stored pieces would get another; ` +
      'scope data:correct, of an importer or administrator, is needed to correct them',
    { missing_scopes: ['data:correct'], replaced: count },
  );
}
