import { newId } from './ids';

const NAME = 'Idempotency-Key';
/** From here on an answer does not say what became of the request. */
const FAILURE = 500;

/**
 * Names what the user wishes to have done (`Idempotency-Key`). Sent again with the same content while no answer has said what became of it, a
 * wish keeps its name, and is carried out once; after an answer, a refusal too, the same content is another wish.
 */
export class Wishes {
  private readonly unknown = new Map<string, string>();
  private readonly contents = new WeakMap<Request, string>();

  async name(request: Request): Promise<void> {
    const content = await contentOf(request);
    if (content !== undefined) this.contents.set(request, content);
    request.headers.set(NAME, this.unknown.get(content ?? '') ?? newId());
  }

  /** `response`: absent where none came. */
  settle(request: Request, response?: Response): void {
    const content = this.contents.get(request);
    const name = request.headers.get(NAME);
    if (content === undefined || name === null) return;
    const isKnown = response !== undefined && response.status < FAILURE && !response.headers.has('retry-after');
    if (isKnown) this.unknown.delete(content);
    else this.unknown.set(content, name);
  }
}

/** Undefined for a file, which is not read for its name. */
async function contentOf(request: Request): Promise<string | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (type !== '' && !type.startsWith('application/json')) return undefined;
  return `${request.method} ${request.url}\n${await request.clone().text()}`;
}
