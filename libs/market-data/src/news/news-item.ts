import { sha256Hex } from '@assay/primitives';

/** One piece of news as it is stored. Times are UTC milliseconds. */
export interface NewsItem {
  /** In order, each once. */
  symbols: string[];
  headline: string;
  summary: string | null;
  url: string | null;
  publishedMs: number;
  /** Since when it is known as it stands; never before it was published. */
  availableMs: number;
}

/** What tells one piece of news from another: all of it but since when it is known. 64 hexadecimal digits. */
export function newsId(source: string, { symbols, headline, summary, url, publishedMs }: NewsItem): string {
  return sha256Hex(JSON.stringify([source, publishedMs, headline, summary, url, symbols]));
}

/** One piece of news as a file has it. */
export interface RawNews {
  /** Line or item of the file, from 1. */
  at: number;
  published: string;
  /** Since when it is known, and when it was last changed; empty where the file does not say. */
  available: string;
  changed: string;
  headline: Markup;
  summary: Markup;
  url: string;
  symbols: readonly string[];
}

export interface Markup {
  text: string;
  isHtml: boolean;
}
