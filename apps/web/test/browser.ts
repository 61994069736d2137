import { randomInt } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';

export interface Answered {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  /** The text as JSON. */
  body: any;
}

export type Init = { method?: string; headers?: Record<string, string>; body?: string | object };

/** Asks as a browser's page does: with the cookies that it was given, and nothing that a script could not send. */
export class Browser {
  readonly cookies = new Map<string, string>();
  csrf = '';
  /** Told as by a reverse proxy, so that each has a budget of guesses of its own. */
  readonly address = `10.${[0, 0, 0].map(() => randomInt(256)).join('.')}`;

  constructor(private readonly port: number) {}

  async send(path: string, { method = 'GET', headers = {}, body }: Init = {}): Promise<Answered> {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const answer = await this.open(path, {
      method,
      headers: { ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}), ...headers },
      body: text,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const got = Buffer.concat(chunks).toString();
    return {
      status: answer.statusCode!,
      headers: answer.headers,
      text: got,
      body: /json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(got) : undefined,
    };
  }

  /** As `send` with the page's CSRF token. */
  change(path: string, init: Init & { method: string }): Promise<Answered> {
    return this.send(path, {
      ...init,
      headers: { 'sec-fetch-site': 'same-origin', 'x-csrf-token': this.csrf, ...init.headers },
    });
  }

  /** The answer as it comes. */
  open(path: string, { method = 'GET', headers = {}, body }: Init = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const request = httpRequest(
        {
          ...{ host: '127.0.0.1', port: this.port, path, method, agent: false },
          headers: { 'x-forwarded-for': this.address, ...(cookie ? { cookie } : {}), ...headers },
        },
        (answer) => {
          for (const text of answer.headers['set-cookie'] ?? []) this.keep(text);
          resolve(answer);
        },
      );
      request.on('error', reject);
      request.end(body as string | undefined);
    });
  }

  async signIn(credentials: object): Promise<Answered> {
    const answer = await this.send('/session', {
      method: 'POST',
      body: credentials,
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    this.csrf = answer.body?.csrf ?? '';
    return answer;
  }

  private keep(text: string): void {
    const [pair = ''] = text.split(';');
    const at = pair.indexOf('=');
    if (/Max-Age=0(;|$)/.test(text)) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
