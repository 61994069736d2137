import { setTimeout as sleep } from 'node:timers/promises';
import type { FlagSpec } from '../args/flag';
import { UsageError } from '../args/usage-error';

/** Where the services answer where no flag says so: ASSAY_RESEARCH_URL and its like, else the ports of npm start. */
export const SERVICES = {
  research: { url: process.env.ASSAY_RESEARCH_URL ?? 'http://127.0.0.1:8001', prefix: '/api' },
  trade: { url: process.env.ASSAY_TRADE_URL ?? 'http://127.0.0.1:8000', prefix: '/api/v1' },
  portfolio: { url: process.env.ASSAY_PORTFOLIO_URL ?? 'http://127.0.0.1:8002', prefix: '' },
} as const;
export type ServiceName = keyof typeof SERVICES;

export const URL_FLAG: FlagSpec = {
  name: 'url',
  kind: 'text',
  value: 'URL',
  default: SERVICES.research.url,
  help: 'where the research service answers, as npm start shows it, or ASSAY_RESEARCH_URL; its key is read from ASSAY_API_KEY',
};

const KEY_VARIABLE = 'ASSAY_API_KEY';
const POLL_MS = 250;
const ENDED = ['completed', 'failed', 'canceled'];

/** What a refusal says of itself. */
export interface ApiProblem {
  code?: string;
  detail?: string;
  errors?: { message: string }[];
}

export interface Job {
  state: string;
  progress?: number;
  message?: string | null;
  result: Record<string, unknown> | null;
  error: ApiProblem | null;
}

/** What was answered: JSON as it was read, anything else as text. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Bytes on their way, and how many they are. */
export interface UploadedFile {
  content: ReadableStream;
  bytes: number;
}

/** A service over HTTP, the research service by default, as the key of the environment may use it. */
export class ResearchApi {
  private readonly key: string;
  /** With the prefix once, whether the given address ends with it, as npm start shows it, or not. */
  private readonly base: string;

  /** @throws UsageError without a key or with a wrong address */
  constructor(
    private readonly url: string,
    env: NodeJS.ProcessEnv = process.env,
    prefix = '/api',
  ) {
    if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`--url must be an http address, was ${url}`);
    const origin = url.replace(/\/+$/, '');
    this.base = origin.endsWith(prefix) ? origin : origin + prefix;
    this.key = env[KEY_VARIABLE] ?? '';
    if (this.key === '')
      throw new UsageError(
        `${KEY_VARIABLE} must hold an API key of the service, was empty: export ${KEY_VARIABLE}=ak_..., the key that npm start showed`,
      );
  }

  /** @throws UsageError with what the service refused, or that it does not answer */
  async call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await this.fetch(path, { method, ...sent });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text) as T;
    throw new UsageError(`${method} ${path} was refused with ${answer.status}: ${detailOf(text)}`);
  }

  /** Whatever it answers, refusals too. @throws UsageError where it does not answer */
  async ask(
    method: string,
    path: string,
    request: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const type: Record<string, string> = request.body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.fetch(path, { method, body: request.body, headers: { ...type, ...request.headers } });
    const text = await answer.text();
    return { status: answer.status, body: jsonOf(text) ?? text };
  }

  /** Every item of a list, page after page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor === '' ? '' : `${path.includes('?') ? '&' : '?'}cursor=${cursor}`;
      const page: { items: T[]; next_cursor: string | null } = await this.call('GET', path + after);
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  }

  /** Starts a job and waits for its end. */
  async job(path: string): Promise<Job> {
    const { job_id: id } = await this.call<{ job_id: string }>('POST', path);
    return this.ended(id);
  }

  /** A job once it has ended; `onChange` sees it on its way. */
  async ended(id: string, onChange: (job: Job) => void = () => undefined): Promise<Job> {
    for (;;) {
      const job = await this.call<Job>('GET', `/jobs/${id}`);
      if (ENDED.includes(job.state)) return job;
      onChange(job);
      await sleep(POLL_MS);
    }
  }

  /** Sends a file as it is read. @throws UsageError where the service does not answer */
  async upload(path: string, file: UploadedFile): Promise<{ status: number; body: unknown }> {
    const answer = await this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) },
      body: file.content,
      duplex: 'half',
    });
    const text = await answer.text();
    return { status: answer.status, body: jsonOf(text) ?? { detail: text.slice(0, 200) } };
  }

  /** A file as it comes. @throws UsageError with what the service refused */
  async download(path: string): Promise<ReadableStream<Uint8Array>> {
    const answer = await this.fetch(path, { method: 'GET' });
    if (answer.ok && answer.body) return answer.body;
    throw new UsageError(`GET ${path} was refused with ${answer.status}: ${detailOf(await answer.text())}`);
  }

  private fetch(path: string, request: RequestInit): Promise<Response> {
    const headers = { ...request.headers, 'x-api-key': this.key };
    return fetch(this.base + path, { ...request, headers }).catch((error: Error) => {
      const cause = (error.cause as Error | undefined)?.message ?? error.message;
      throw new UsageError(
        `--url ${this.url} does not answer: ${cause}; npm start starts the services and shows their addresses`,
      );
    });
  }
}

const detailOf = (text: string): string =>
  (jsonOf(text) as { detail?: string } | undefined)?.detail ?? text.slice(0, 200);

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
