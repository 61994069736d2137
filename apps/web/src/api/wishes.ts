import { newId } from './ids';

export const NAME = 'Idempotency-Key';
/** From here on an answer does not say what became of the request. */
const FAILURE = 500;

/** So long a wish that nobody answered may be sent again under its name: later the same content is rather meant anew. */
export const DOUBT_MS = 5 * 60_000;
/** Harmless when done twice, and dangerous when an old answer is told again in place of it. */
const REPEATABLE = /\/(trading-state|flatten)$/;

/**
 * Names what the user wishes to have done (`Idempotency-Key`). Sent again with the same content while no answer has said what became of it, a
 * wish keeps its name, and is carried out once; after an answer, a refusal too, the same content is another wish.
 */
export class Wishes {
  private readonly unknown = new Map<string, { name: string; untilMs: number }>();
  private readonly contents = new WeakMap<Request, string>();
  /** Of requests that will come with their name. */
  private readonly told = new Map<string, string>();

  /** For what a request does not tell without being read, such as a file: the name of `content`, to be sent as its header. */
  nameOf(content: string): string {
    const name = this.keptOrNew(content);
    this.told.set(name, content);
    return name;
  }

  async name(request: Request): Promise<void> {
    const given = request.headers.get(NAME);
    const content = given === null ? await contentOf(request) : this.told.get(given);
    if (content !== undefined) this.contents.set(request, content);
    if (given === null) request.headers.set(NAME, this.keptOrNew(content ?? ''));
    else this.told.delete(given);
  }

  /** `response`: absent where none came. */
  settle(request: Request, response?: Response): void {
    const content = this.contents.get(request);
    const name = request.headers.get(NAME);
    if (content === undefined || name === null) return;
    const isKnown = response !== undefined && response.status < FAILURE && !response.headers.has('retry-after');
    if (isKnown) this.unknown.delete(content);
    else this.unknown.set(content, { name, untilMs: Date.now() + DOUBT_MS });
  }

  private keptOrNew(content: string): string {
    const kept = this.unknown.get(content);
    return kept !== undefined && Date.now() < kept.untilMs ? kept.name : newId();
  }
}

/** Undefined for a file, which is not read for its name, and for what is always a wish of its own. */
async function contentOf(request: Request): Promise<string | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (type !== '' && !type.startsWith('application/json')) return undefined;
  if (REPEATABLE.test(new URL(request.url).pathname)) return undefined;
  return `${request.method} ${request.url}\n${await request.clone().text()}`;
}
