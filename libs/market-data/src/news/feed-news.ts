import { invalid } from '@assay/primitives';
import { Parser } from 'htmlparser2';
import { symbolsOfText } from './news-fields';
import type { Markup, RawNews } from './news-item';

const MOST_DEPTH = 64;
const MOST_ITEM_CHARACTERS = 1_000_000;
const PIECE = 64 * 1024;

interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

const unreadable = (rule: string, message: string, value: unknown = null): Error =>
  invalid([{ field: 'content', rule, value, message }]);

/**
 * Items of RSS 0.9 to 2.0 and entries of Atom. Nothing is fetched and no entity but those of XML itself and characters by
 * their numbers is replaced: a document that declares entities is refused, as is one nested deeper than 64, an item of
 * more than a million characters and a document that ends inside an element.
 * @throws DomainError
 */
export function feedNews(text: string): RawNews[] {
  const items: RawNews[] = [];
  const stack: Element[] = [];
  let item: FeedItem | null = null;
  let root: string | null = null;
  const parser = new Parser(
    {
      onprocessinginstruction: (name, data) => {
        if (!name.startsWith('!') || !/!(ENTITY|ELEMENT|ATTLIST|NOTATION)|\[/i.test(data)) return;
        throw unreadable(
          'xml_entities',
          `content must declare no entities, was ${data.slice(0, 60)}`,
          data.slice(0, 60),
        );
      },
      onopentag: (qualified, attributes) => {
        root ??= qualified;
        if (stack.length === MOST_DEPTH)
          throw unreadable('max_depth', `content must be XML nested at most ${MOST_DEPTH} deep, was deeper`);
        const name = localName(qualified);
        if (item === null && (name === 'item' || name === 'entry')) item = new FeedItem(items.length + 1, stack.length);
        else item?.open(name, attributes, stack.length);
        stack.push({ name, attributes });
      },
      ontext: (data) => item?.text(data),
      onclosetag: () => {
        const closed = stack.pop()!;
        if (item === null) return;
        item.close(closed, stack.length);
        if (stack.length > item.depth) return;
        items.push(item.raw());
        item = null;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let at = 0; at < text.length; at += PIECE) parser.write(text.slice(at, at + PIECE));
  if (stack.length > 0)
    throw unreadable('xml', `content must be whole XML, ends inside of <${stack.map(({ name }) => name).join('> <')}>`);
  parser.end();
  if (root === null || !/^(rss|(\w+:)?rdf|feed|(\w+:)?feed)$/i.test(root))
    throw unreadable('feed', `content must be RSS or Atom where it is XML, begins with <${root ?? ''}>`, root);
  return items;
}

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1).toLowerCase();
const TEXTS = new Set('title description summary encoded content pubdate published date updated modified guid id link category ticker tickers symbol symbols'.split(' ')); // prettier-ignore

/** One item on its way: the texts of its own elements, the first of each. */
class FeedItem {
  private readonly texts = new Map<string, Markup>();
  private readonly symbols: string[] = [];
  private href = '';
  private current: { name: string; depth: number; attributes: Element['attributes']; parts: string[] } | null = null;
  private characters = 0;

  constructor(
    private readonly at: number,
    readonly depth: number,
  ) {}

  open(name: string, attributes: Element['attributes'], depth: number): void {
    if (this.current !== null) {
      // Atom may hold XHTML: its elements part words
      this.current.parts.push(' ');
      return;
    }
    if (depth !== this.depth + 1 || !TEXTS.has(name)) return;
    this.current = { name, depth, attributes, parts: [] };
    const isAlternate = attributes.rel === undefined || attributes.rel === 'alternate';
    if (name === 'link' && attributes.href !== undefined && isAlternate && this.href === '')
      this.href = attributes.href;
  }

  text(data: string): void {
    if (this.current === null) return;
    this.characters += data.length;
    if (this.characters > MOST_ITEM_CHARACTERS) {
      const message = `items[${this.at}] must have at most ${MOST_ITEM_CHARACTERS} characters, was longer`;
      throw invalid([{ field: `items[${this.at}]`, rule: 'max_length', value: MOST_ITEM_CHARACTERS, message }]);
    }
    this.current.parts.push(data);
  }

  close({ name }: Element, depth: number): void {
    if (this.current?.depth !== depth || this.current.name !== name) return;
    const { attributes, parts } = this.current;
    this.current = null;
    const text = parts.join('').trim();
    if (
      name.startsWith('ticker') ||
      name.startsWith('symbol') ||
      /ticker|symbol/i.test(attributes.domain ?? attributes.scheme ?? '')
    )
      this.symbols.push(...symbolsOfText(text));
    // Atom says what its texts are; those of RSS may be HTML
    const isHtml = attributes.type === undefined || /html/i.test(attributes.type);
    if (text !== '' && !this.texts.has(name)) this.texts.set(name, { text, isHtml });
  }

  raw(): RawNews {
    const first = (...names: string[]): Markup =>
      names.map((name) => this.texts.get(name)).find((text) => text !== undefined) ?? { text: '', isHtml: false };
    const updated = first('updated', 'modified').text;
    const link = this.href || first('link').text || first('guid', 'id').text;
    return {
      at: this.at,
      published: first('pubdate', 'published', 'date').text || updated,
      ...{ available: '', changed: updated },
      headline: first('title'),
      summary: first('description', 'summary', 'encoded', 'content'),
      url: /^https?:/i.test(link) ? link : '',
      symbols: this.symbols,
    };
  }
}
