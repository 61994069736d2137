import { setTimeout as sleep } from 'node:timers/promises';
/** A refusal or failure that the service answered with problem+json. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Record<string, unknown>,
    request: string,
  ) {
    super(
      `${request} answered ${status} ${String(problem.code ?? '')}: ${String(problem.detail ?? '')}${fieldLines(problem)}`,
    );
  }
}

const fieldLines = (problem: Record<string, unknown>): string =>
  ((problem.errors as { field: string; message: string }[] | undefined) ?? [])
    .map((e) => `\n    ${e.field}: ${e.message}`)
    .join('');

type Json = Record<string, unknown>;
interface JobAnswer extends Json {
  id: string;
  state: string;
  progress: number;
  message: string | null;
  result: unknown;
  error: Json | null;
}

/** The longer a job takes, the less often it is asked after: it needs the processor too. */
const FIRST_POLL_MS = 60;
const LAST_POLL_MS = 250;

/** JSON over HTTP with the API key; every non-2xx answer throws {@link ApiProblem}. */
export class Api {
  constructor(
    readonly baseUrl: string,
    private readonly key: string,
  ) {}

  get<T = Json>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T = Json>(path: string, body: unknown = {}): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  put<T = Json>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, body);
  }

  patch<T = Json>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  /** Starts a job and waits for its result. */
  async job<T = Json>(
    path: string,
    body: unknown = {},
    onProgress?: (fraction: number, message: string) => void,
  ): Promise<T> {
    const started = await this.post<Json>(path, body);
    const id = String(started.job_id ?? started.id);
    for (let waitMs = FIRST_POLL_MS; ; waitMs = Math.min(waitMs * 1.1, LAST_POLL_MS)) {
      const job = await this.get<JobAnswer>(`/jobs/${id}`);
      onProgress?.(job.progress, job.message ?? '');
      if (job.state === 'completed') return job.result as T;
      if (job.state === 'failed' || job.state === 'canceled') {
        throw new ApiProblem(
          Number(job.error?.status ?? 500),
          job.error ?? { detail: job.state },
          `job of POST ${path}`,
        );
      }
      await sleep(waitMs);
    }
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (!response.ok) throw new ApiProblem(response.status, answer as Json, `${method} ${path}`);
    return answer as T;
  }
}

/** The problem of a request that is expected to be refused; throws when it was accepted. */
export async function refusalOf(request: Promise<unknown>): Promise<ApiProblem> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new Error('the request was accepted, but a refusal was due');
}
