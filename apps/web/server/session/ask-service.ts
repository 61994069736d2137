import { DomainError } from '@assay/primitives';

const LONGEST_MS = 20_000;

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface Question {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: object;
  timeoutMs?: number;
}

const isRefused = (error: unknown): boolean => (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED';

async function ask(origin: URL, { method, path, headers, body, timeoutMs = LONGEST_MS }: Question): Promise<Answer> {
  const answer = await fetch(new URL(path, origin), {
    method,
    headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

/**
 * Asks one of several services that would all answer the same; the next one only where nobody listens, so that nothing is done twice.
 * @throws DomainError `unavailable`
 */
export async function askOneOf(services: readonly [URL, Question][]): Promise<Answer> {
  let last: unknown;
  for (const [origin, question] of services) {
    try {
      return await ask(origin, question);
    } catch (error) {
      last = error;
      if (!isRefused(error)) break;
    }
  }
  throw new DomainError(
    'unavailable',
    `no service answers that knows the users (${last instanceof Error ? last.message : 'no answer'}): they are starting or have stopped; try again in 3 s`,
    { retry_after_s: 3 },
  );
}
